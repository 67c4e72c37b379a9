import { createApp } from "vue";
import "../shared/styles/base.css";
import "./styles/learn.css";
import "./styles/print.css";
import LearnApp from "./LearnApp.vue";

createApp(LearnApp).mount("#app");
