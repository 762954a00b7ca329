package dev.colloquy.benchmarks.report;

import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Result;
import dev.colloquy.benchmarks.measure.Spread;
import java.util.List;
import java.util.Locale;

/**
 * A horizontal bar for each contestant's median, with a line from the lowest to the highest round. An SVG without
 * scripts and fonts of its own, readable on a light and on a dark page.
 */
public final class BarChart {

    private static final int WIDTH = 760;
    private static final int LABELS = 230;
    private static final int VALUES = 110;
    private static final int ROW = 30;
    private static final int BAR = 18;
    private static final int HEAD = 52;
    private static final int FOOT = 12;

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
              .title { font-size: 15px; font-weight: 600; }
              .note { font-size: 12px; fill: #59636e; }
              .ours { fill: #1a7f5a; }
              .other { fill: #8c959f; }
              .name-ours { font-weight: 600; }
              .spread { stroke: #1f2328; stroke-width: 1.5; }
              .axis { stroke: #d1d9e0; }
              .page { fill: #ffffff; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; }
                .note { fill: #9198a1; }
                .ours { fill: #3fb68b; }
                .other { fill: #6e7681; }
                .spread { stroke: #e6edf3; }
                .axis { stroke: #3d444d; }
                .page { fill: #0d1117; }
              }
            </style>
            """;

    private BarChart() {}

    /**
     * Draws a workload.
     *
     * @param results the workload's results; those without the metric are left out
     * @param ours the name of the contestant to set off
     */
    public static String of(String title, Metric metric, List<Result> results, String ours) {
        List<Result> shown =
                results.stream().filter(result -> result.has(metric)).toList();
        int height = HEAD + shown.size() * ROW + FOOT;
        double most = shown.stream()
                .mapToDouble(result -> result.spread(metric).high())
                .max()
                .orElse(1);
        double scale = (WIDTH - LABELS - VALUES) / most;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " aria-label=\"%s\">%n",
                WIDTH,
                height,
                WIDTH,
                height,
                escape(title)));
        svg.append(STYLE);
        svg.append(String.format(
                Locale.ROOT, "<rect class=\"page\" width=\"%d\" height=\"%d\" rx=\"6\"/>%n", WIDTH, height));
        svg.append(text("title", 14, 22, "start", title));
        String note = metric.unit() + "; " + (metric.moreIsBetter() ? "longer" : "shorter")
                + " is better; the line spans the rounds";
        svg.append(text("note", 14, 40, "start", note));
        for (int i = 0; i < shown.size(); i++) {
            Result result = shown.get(i);
            svg.append(bar(
                    result.contestant(),
                    result.spread(metric),
                    scale,
                    HEAD + i * ROW,
                    result.contestant().equals(ours)));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n</svg>%n",
                LABELS,
                HEAD - 4,
                LABELS,
                height - FOOT));
        return svg.toString();
    }

    private static String bar(String name, Spread spread, double scale, int top, boolean ours) {
        int middle = top + BAR / 2;
        double low = LABELS + spread.low() * scale;
        double high = LABELS + spread.high() * scale;
        String rectangle = String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                ours ? "ours" : "other",
                LABELS,
                top,
                Math.max(1, spread.median() * scale),
                BAR);
        String line = String.format(
                Locale.ROOT,
                "<line class=\"spread\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
                low,
                middle,
                high,
                middle);
        return text(ours ? "name-ours" : "name", LABELS - 8, middle + 5, "end", name)
                + rectangle
                + line
                + text("value", (int) high + 8, middle + 5, "start", MarkdownReport.number(spread.median()));
    }

    private static String text(String style, int x, int y, String anchor, String content) {
        return String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                style,
                x,
                y,
                anchor,
                escape(content));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
