/* Short names for the schemas of openapi.yaml. */
import type { components } from "./api-types";

type Schemas = components["schemas"];

export type Role = Schemas["Role"];
export type Person = Schemas["Person"];
export type Site = Schemas["Site"];
export type Me = Schemas["Me"];

export type CourseSummary = Schemas["CourseSummary"];
export type Course = Schemas["Course"];
export type Lesson = Schemas["Lesson"];
export type HandbookKind = Schemas["HandbookKind"];
export type LinkedLessons = Schemas["LinkedLessons"];
export type SearchHit = Schemas["SearchHit"];

export type Quiz = Schemas["Quiz"];
export type QuizState = Schemas["QuizState"];
export type Question = Schemas["Question"];
export type QuestionType = Schemas["QuestionType"];
export type Answer = Schemas["Answer"];
export type AttemptDocument = Schemas["AttemptDocument"];
export type AnswerReceipt = Schemas["AnswerReceipt"];
export type AnswerReceipts = Schemas["AnswerReceipts"];
export type Prepared = Schemas["Prepared"];
export type Submission = Schemas["Submission"];
export type Result = Schemas["Result"];
export type ReviewedQuestion = Schemas["ReviewedQuestion"];
export type PracticeOverview = Schemas["PracticeOverview"];
export type PracticeSession = Schemas["PracticeSession"];
export type PracticeQuestion = Schemas["PracticeQuestion"];
export type PracticeMarked = Schemas["PracticeMarked"];
export type Ranking = Schemas["Ranking"];
export type RankedPerson = Schemas["RankedPerson"];
export type RankedBranch = Schemas["RankedBranch"];
export type RankingKind = Schemas["RankingKind"];
export type RankingFormula = Schemas["RankingFormula"];
export type RankingEntry = Schemas["Rankings"]["rankings"][number];
export type QuizItems = Schemas["QuizItems"];
export type QuizItem = Schemas["QuizItem"];
export type PersonRecord = Schemas["Record"];
export type RecordResult = Schemas["RecordResult"];
export type BranchRecord = Schemas["BranchRecord"];
export type BranchName = Schemas["BranchName"];
export type ListedPerson = Schemas["People"]["people"][number];
export type Branch = Schemas["Branches"]["branches"][number];
export type ApiToken = Schemas["Tokens"]["tokens"][number];
export type Webhook = Schemas["Webhooks"]["webhooks"][number];
export type Delivery = Schemas["Deliveries"]["deliveries"][number];
export type ExportLogEntry = Schemas["ExportLog"]["entries"][number];
export type ExportJob = Schemas["Export"];
export type ExportFormat = Schemas["ExportFormat"];
export type Publication = Schemas["Publication"];
export type PublishedRanking = Schemas["PublishedRanking"];

export type ScreenState = Schemas["ScreenState"];
export type HostState = Schemas["HostState"];
export type HostContestant = Schemas["HostContestant"];
export type JudgeState = Schemas["JudgeState"];
export type Criterion = Schemas["Criterion"];
export type StepAction = Schemas["StepAction"];
export type MarkReceipt = Schemas["MarkReceipt"];
export type SheetReceipt = Schemas["SheetReceipt"];
