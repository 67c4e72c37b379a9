import { createApp } from "vue";
import "../shared/styles/base.css";
import "./styles/page.css";
import ScreenPage from "./ScreenPage.vue";

createApp(ScreenPage).mount("#app");
