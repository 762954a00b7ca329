package dev.colloquy.adapter.http.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.adapter.http.problem.ProblemException;
import dev.colloquy.adapter.http.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Jackson's tokens, with every failure as a problem that says where and never quotes what was there. */
final class StrictParser implements AutoCloseable {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int LONGEST_NAME = 80;

    private final JsonParser json;

    private StrictParser(JsonParser json) {
        this.json = json;
    }

    /**
     * A parser over these bytes. They are decoded here and not by Jackson, which would guess UTF-16 and UTF-32, skip a
     * byte order mark and let some malformed UTF-8 through.
     */
    static StrictParser over(byte[] body) {
        if (body.length == 0) {
            throw Problem.of(ProblemType.MISSING_BODY, "the body is empty; it must be a JSON object")
                    .asException();
        }
        CharBuffer text = decode(body);
        if (text.charAt(0) == BYTE_ORDER_MARK) {
            throw malformed("a byte order mark stands before the JSON", 1, 1);
        }
        try {
            return new StrictParser(
                    Json.FACTORY.createParser(text.array(), text.arrayOffset() + text.position(), text.remaining()));
        } catch (IOException e) {
            throw new UncheckedIOException("a parser over memory could not be made", e);
        }
    }

    /** The next token; the end of the text is a problem. */
    JsonToken next() {
        JsonToken token = advance();
        if (token == null) {
            throw malformed("the JSON ends too early", json.currentLocation());
        }
        return token;
    }

    /** Refuses anything but white space up to the end. */
    void requireEnd() {
        if (advance() != null) {
            throw malformed("something follows the JSON value", json.currentTokenLocation());
        }
    }

    /** Refuses another token than the expected one. */
    void require(JsonToken actual, JsonToken expected, String field, String allowed) {
        if (actual == expected) {
            return;
        }
        JsonLocation at = json.currentTokenLocation();
        String what = field.isEmpty() ? "the body" : field;
        Problem problem = Problem.of(ProblemType.WRONG_TYPE, what + " was " + kind(actual) + "; allowed: " + allowed);
        throw (field.isEmpty() ? problem.with("allowed", allowed) : problem.at(field, allowed))
                .with("line", at.getLineNr())
                .with("column", at.getColumnNr())
                .asException();
    }

    /** The name of the current field. */
    String name() {
        return text();
    }

    /** The text of the current token. */
    String text() {
        try {
            return json.getText();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    @Override
    public void close() {
        try {
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a parser over memory could not be closed", e);
        }
    }

    /** A field's place for an error: a name that the caller made up is cut, and lone surrogates in it are replaced. */
    static String place(String before, String name) {
        StringBuilder shown = new StringBuilder(before);
        name.codePoints()
                .limit(LONGEST_NAME)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
                .forEach(shown::appendCodePoint);
        return shown.append(name.codePointCount(0, name.length()) > LONGEST_NAME ? "…" : "")
                .toString();
    }

    private @Nullable JsonToken advance() {
        try {
            return json.nextToken();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private ProblemException malformed(IOException failure) {
        JsonLocation at = failure instanceof JsonProcessingException e && e.getLocation() != null
                ? e.getLocation()
                : json.currentLocation();
        String detail = switch (failure) {
            case JsonEOFException e -> "the JSON ends too early";
            case StreamConstraintsException e -> "the JSON is nested too deeply or holds a name or number too long";
            default -> "the JSON cannot be parsed";
        };
        return malformed(detail, at);
    }

    private static ProblemException malformed(String detail, JsonLocation at) {
        return malformed(detail, at.getLineNr(), at.getColumnNr());
    }

    private static ProblemException malformed(String detail, int line, int column) {
        return Problem.of(ProblemType.MALFORMED_JSON, detail + ", at line " + line + ", column " + column)
                .with("line", line)
                .with("column", column)
                .asException();
    }

    private static CharBuffer decode(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer text = CharBuffer.allocate(body.length);
        CoderResult result = decoder.decode(bytes, text, true);
        text.flip();
        try {
            if (result.isError()) {
                result.throwException();
            }
            return text;
        } catch (CharacterCodingException e) {
            int line = 1 + Math.toIntExact(text.chars().filter(c -> c == '\n').count());
            int column = text.length() - text.toString().lastIndexOf('\n');
            throw malformed("the body is not UTF-8", line, column);
        }
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "missing";
        };
    }
}
