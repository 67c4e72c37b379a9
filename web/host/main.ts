import { createApp } from "vue";
import "../shared/styles/base.css";
import "./styles/host.css";
import HostPage from "./HostPage.vue";

createApp(HostPage).mount("#app");
