package dev.colloquy.adapter.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with named parameters, such as {@code /v1/agents/{agent}/conversations}.
 *
 * @param text the path as it is written in the table
 * @param segments its segments
 */
record PathTemplate(String text, List<Segment> segments) {

    /**
     * A segment of a template.
     *
     * @param text what stands there in a path; of a parameter its name
     * @param isParameter whether any text may stand there
     */
    record Segment(String text, boolean isParameter) {

        private static Segment of(String text) {
            return text.startsWith("{")
                    ? new Segment(text.substring(1, text.length() - 1), true)
                    : new Segment(text, false);
        }
    }

    /** A template from its text. */
    static PathTemplate of(String text) {
        return new PathTemplate(
                text, PercentEncoding.split(text).stream().map(Segment::of).toList());
    }

    /**
     * Matches a path, segment by segment, as it came: a dot, a double slash or a semicolon has no special meaning.
     *
     * @param decoded the path's decoded segments
     * @return the parameters by name, or empty if it does not match
     */
    Optional<Map<String, String>> match(List<String> decoded) {
        if (decoded.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < decoded.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.isParameter()) {
                parameters.put(segment.text(), decoded.get(i));
            } else if (!segment.text().equals(decoded.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    /** The path with these values for its parameters, in order, percent-encoded. */
    String expand(String... values) {
        StringBuilder path = new StringBuilder(2 * text.length());
        int next = 0;
        for (Segment segment : segments) {
            path.append('/').append(segment.isParameter() ? PercentEncoding.encode(values[next++]) : segment.text());
        }
        return path.toString();
    }
}
