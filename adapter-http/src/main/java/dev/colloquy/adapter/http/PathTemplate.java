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
record PathTemplate(String text, List<String> segments) {

    /** A template from its text. */
    static PathTemplate of(String text) {
        return new PathTemplate(text, PercentEncoding.split(text));
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
            String segment = segments.get(i);
            if (segment.startsWith("{")) {
                parameters.put(segment.substring(1, segment.length() - 1), decoded.get(i));
            } else if (!segment.equals(decoded.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    /** The path with these values for its parameters, in order, percent-encoded. */
    String expand(String... values) {
        StringBuilder path = new StringBuilder();
        int next = 0;
        for (String segment : segments) {
            path.append('/').append(segment.startsWith("{") ? PercentEncoding.encode(values[next++]) : segment);
        }
        return path.toString();
    }
}
