import { createApp } from "vue";
import "../shared/styles/base.css";
import SignIn from "./SignIn.vue";

createApp(SignIn).mount("#app");
