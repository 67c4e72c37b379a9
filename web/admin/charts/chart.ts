/* The parts of ECharts that are used, and no others. Tooltips are drawn on the canvas: as
 * HTML they would need styles that the page's policy forbids. */
import { BarChart, BoxplotChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart,
  BoxplotChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);

export { init };

export const INK = "#1c2429";
export const QUIET = "#566069";
export const ACCENT = "#0b5f7a";
export const WARM = "#b3470a";
export const BAD = "#a3221b";
export const LINE = "#d8d2c4";
export const TYPE = {
  fontFamily: '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif',
  fontSize: 14,
  color: INK,
};
export const TOOLTIP = { renderMode: "richText" as const, confine: true, textStyle: TYPE };
