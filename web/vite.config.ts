import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// One entry page per audience: a phone never loads the organiser's code.
export default defineConfig({
  root: here("."),
  base: "/",
  plugins: [vue()],
  resolve: { alias: { "@shared": here("./shared") } },
  server: {
    port: 5173,
    proxy: { "/api": process.env.XUNSAI_SERVER ?? "http://127.0.0.1:8080" },
  },
  build: {
    outDir: here("../build/web"),
    emptyOutDir: true,
    // Phones and venue kiosks of several years back.
    target: ["es2019", "chrome79", "safari13"],
    // Nothing as data: inside scripts or styles, so that the page's policy can stay strict.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The charts, loaded only when somebody opens one.
    chunkSizeWarningLimit: 650,
    rollupOptions: {
      output: { chunkFileNames: "assets/shared-[hash].js" },
      input: {
        signin: here("./index.html"),
        learn: here("./learn/index.html"),
        judge: here("./judge/index.html"),
        host: here("./host/index.html"),
        screen: here("./screen/index.html"),
        admin: here("./admin/index.html"),
        published: here("./published/index.html"),
      },
    },
  },
});
