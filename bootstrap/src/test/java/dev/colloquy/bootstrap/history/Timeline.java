package dev.colloquy.bootstrap.history;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Draws a run as an SVG: calls per second by outcome, the states of each process, and the faults. */
final class Timeline {

    private static final int LEFT = 90;
    private static final int WIDTH = 1200;
    private static final int CHART = 240;
    private static final int TOP = 70;
    private static final int LANE = 18;
    private static final List<String> OUTCOMES = List.of("done", "accepted", "read", "open", "refused");

    private final Verdict verdict;
    private final StringBuilder svg = new StringBuilder();
    private final double seconds;

    private Timeline(Verdict verdict) {
        this.verdict = verdict;
        long end = verdict.history().operations().stream()
                .mapToLong(operation -> operation.call().completed())
                .max()
                .orElse(verdict.begin() + 1);
        seconds = Math.max(1, new Span("", verdict.begin(), end).seconds());
    }

    /** The picture; readable on a dark page and on a light one. */
    static String of(Verdict verdict) {
        return new Timeline(verdict).draw();
    }

    private String draw() {
        int lanes = verdict.states().size() + 1;
        int height = TOP + CHART + lanes * LANE + 60;
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" font-family="sans-serif" font-size="12">
                <style>
                text{fill:#1a1a1a}.axis{stroke:#888}.done{fill:#2a9d4a}.read{fill:#4a90d9}.accepted{fill:#e8a317}
                .open{fill:#d43f3a}.refused{fill:#8e6bbf}.fault{fill:#d43f3a}.degraded{fill:#e8a317}
                .unavailable{fill:#d43f3a}.silent{fill:#777}
                @media (prefers-color-scheme:dark){text{fill:#e6e6e6}}
                </style>
                """.formatted(LEFT + WIDTH + 20, height));
        text(LEFT, 20, headline());
        legend();
        bars();
        int y = TOP + CHART + 10;
        lane(y, "faults", verdict.faults(), "fault");
        for (int process = 0; process < verdict.states().size(); process++) {
            y += LANE;
            text(5, y + 12, "process " + process);
            for (Span state : verdict.states().get(process)) {
                if (!state.name().equals("ready")) {
                    span(y, state, state.name());
                }
            }
        }
        axis(y + LANE + 4);
        return svg.append("</svg>\n").toString();
    }

    private String headline() {
        return "seed " + verdict.seed() + ": " + verdict.faults().size() + " faults, "
                + verdict.history().operations().size() + " calls, "
                + verdict.anomalies().size() + " anomalies";
    }

    private void legend() {
        int x = LEFT;
        for (String outcome : OUTCOMES) {
            rect(x, 34, 12, 12, outcome, "");
            text(x + 16, 45, outcome);
            x += 100;
        }
        text(x, 45, "lanes below: fault, degraded (amber), unavailable (red), silent (grey)");
    }

    private void bars() {
        TreeMap<Long, Map<String, Integer>> perSecond = new TreeMap<>();
        for (Operation operation : verdict.history().operations()) {
            long second = TimeUnit.NANOSECONDS.toSeconds(operation.call().completed() - verdict.begin());
            perSecond.computeIfAbsent(second, key -> new TreeMap<>()).merge(outcome(operation), 1, Integer::sum);
        }
        int most = perSecond.values().stream()
                .mapToInt(counts ->
                        counts.values().stream().mapToInt(Integer::intValue).sum())
                .max()
                .orElse(1);
        text(5, TOP + 12, most + "/s");
        perSecond.forEach((second, counts) -> {
            double bottom = TOP + CHART;
            for (String outcome : OUTCOMES) {
                double height = (double) counts.getOrDefault(outcome, 0) * CHART / most;
                bottom -= height;
                if (height > 0) {
                    rect(x(second), bottom, WIDTH / seconds, height, outcome, "");
                }
            }
        });
    }

    private static String outcome(Operation operation) {
        return switch (operation) {
            case Operation.Append append -> outcome(append.outcome());
            case Operation.Clear clear -> outcome(clear.outcome());
            case Operation.Read read -> "read";
        };
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> "done";
            case Outcome.Accepted accepted -> "accepted";
            case Outcome.Refused refused -> "refused";
            case Outcome.Unknown unknown -> "open";
        };
    }

    private void lane(int y, String name, List<Span> spans, String style) {
        text(5, y + 12, name);
        spans.forEach(span -> span(y, span, style));
    }

    private void span(int y, Span span, String style) {
        double from = new Span("", verdict.begin(), span.from()).seconds();
        double width = Math.max(1.5, span.seconds() * WIDTH / seconds);
        rect(x(from), y, width, LANE - 4, style, String.format(Locale.ROOT, "%s, %.1f s", span.name(), span.seconds()));
    }

    private void axis(int y) {
        double step = Math.max(1, Math.ceil(seconds / 20));
        for (double second = 0; second <= seconds; second += step) {
            text((int) x(second), y + 12, (int) second + " s");
        }
    }

    private double x(double second) {
        return LEFT + Math.max(0, second) * WIDTH / seconds;
    }

    private void text(int x, int y, String text) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>%n", x, y, text));
    }

    private void rect(double x, double y, double width, double height, String style, String title) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\">%s</rect>%n",
                x,
                y,
                width,
                height,
                style,
                title.isEmpty() ? "" : "<title>" + title + "</title>"));
    }
}
