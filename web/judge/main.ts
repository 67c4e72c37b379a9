import { createApp } from "vue";
import "../shared/styles/base.css";
import "./styles/judge.css";
import JudgePage from "./JudgePage.vue";

createApp(JudgePage).mount("#app");
