import { createApp } from "vue";
import "../shared/styles/base.css";
import "./styles/published.css";
import PublishedApp from "./PublishedApp.vue";

createApp(PublishedApp).mount("#app");
