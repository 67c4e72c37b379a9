import { createApp } from "vue";
import "../shared/styles/base.css";
import "./styles/admin.css";
import AdminApp from "./AdminApp.vue";

createApp(AdminApp).mount("#app");
