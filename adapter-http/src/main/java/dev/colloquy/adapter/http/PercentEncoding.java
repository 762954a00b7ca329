package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.adapter.http.problem.ProblemException;
import dev.colloquy.adapter.http.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Percent-encoding of paths and queries, strictly: what is malformed or not UTF-8 is refused, never repaired. */
final class PercentEncoding {

    private static final String PLAIN = "-._~!$&'()*,;=:@";
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    /** The segments of a path that begins with a slash, as they are. */
    static List<String> split(String path) {
        List<String> segments = new ArrayList<>();
        int start = 1;
        for (int end = path.indexOf('/', start); end >= 0; end = path.indexOf('/', start)) {
            segments.add(path.substring(start, end));
            start = end + 1;
        }
        segments.add(path.substring(start));
        return segments;
    }

    /**
     * Decodes each segment of a raw path.
     *
     * @throws ProblemException if it is malformed
     */
    static List<String> decodePath(String rawPath) {
        if (!rawPath.startsWith("/")) {
            throw malformed("the path does not begin with a slash");
        }
        List<String> segments = split(rawPath);
        segments.replaceAll(segment -> decode("path", segment, false));
        return segments;
    }

    /**
     * Decodes the parameters of a raw query. A plus sign means a space, as forms and most clients write it.
     *
     * @throws ProblemException if it is malformed, or names a parameter twice
     */
    static Map<String, String> decodeQuery(String rawQuery) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode("query", equals < 0 ? pair : pair.substring(0, equals), true);
            String value = equals < 0 ? "" : decode("query", pair.substring(equals + 1), true);
            if (parameters.put(name, value) != null) {
                throw Problem.of(ProblemType.MALFORMED_URI, "a parameter of the query is there twice")
                        .at(Parameters.shortened(name), "each parameter once")
                        .asException();
            }
        }
        return parameters;
    }

    /** Encodes a segment of a path. */
    static String encode(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            if (!isPlain(segment.charAt(i))) {
                return encodeOctets(segment);
            }
        }
        return segment;
    }

    private static String encodeOctets(String segment) {
        StringBuilder encoded = new StringBuilder(segment.length() + 16);
        for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (isPlain(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    private static String decode(String where, String text, boolean plusIsSpace) {
        boolean asItIs = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '#' || c >= 0x7F) {
                throw malformed("the " + where + " holds a character that must be percent-encoded");
            }
            asItIs &= c != '%' && (c != '+' || !plusIsSpace);
        }
        return asItIs ? text : decodeOctets(where, text, plusIsSpace);
    }

    private static String decodeOctets(String where, String text, boolean plusIsSpace) {
        var octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (low < 0) {
                    throw malformed("the " + where + " holds a percent sign without two hexadecimal digits");
                }
                octets.write(high << 4 | low);
                i += 2;
            } else {
                octets.write(c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("the percent-encoded octets of the " + where + " are not UTF-8");
        }
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
    }

    private static ProblemException malformed(String detail) {
        return Problem.of(ProblemType.MALFORMED_URI, detail).asException();
    }
}
