package dev.colloquy.adapter.http.json;

import static dev.colloquy.adapter.http.json.StrictParser.place;

import com.fasterxml.jackson.core.JsonToken;
import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.adapter.http.problem.ProblemException;
import dev.colloquy.adapter.http.problem.ProblemType;
import dev.colloquy.adapter.http.problem.Problems;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.port.in.NewMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of an append: one message, or {@code {"messages":[…]}}. Strictly: nothing unknown, repeated, missing
 * or left over is let through.
 */
public final class MessagesReader {

    private static final String MESSAGE = "an object with role and content, and perhaps id and metadata";

    private final StrictParser parser;

    private MessagesReader(StrictParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a body.
     *
     * @param body the bytes as they came
     * @return the messages; what the domain limits, such as how many they are, is not looked at here
     * @throws ProblemException if it is not JSON, or not of this form; the problem never quotes content
     */
    public static SentMessages read(byte[] body) {
        try (StrictParser parser = StrictParser.over(body)) {
            SentMessages messages = new MessagesReader(parser).readBody();
            parser.requireEnd();
            return messages;
        }
    }

    private SentMessages readBody() {
        parser.require(
                parser.next(), JsonToken.START_OBJECT, "", "a message with role and content, or {\"messages\":[…]}");
        Fields fields = new Fields("", true);
        readFields(fields);
        if (fields.messages == null) {
            return new SentMessages(List.of(fields.message()), false);
        }
        if (!fields.isEmpty()) {
            throw Problem.of(ProblemType.UNKNOWN_FIELD, "beside messages there were the fields of a single message")
                    .at("messages", "either messages, or role and content")
                    .asException();
        }
        return new SentMessages(fields.messages, true);
    }

    private void readFields(Fields fields) {
        for (JsonToken token = parser.next(); token == JsonToken.FIELD_NAME; token = parser.next()) {
            String name = parser.name();
            switch (name) {
                case "role" -> fields.role = once(fields, name, fields.role, text(fields, name));
                case "content" -> fields.content = once(fields, name, fields.content, text(fields, name));
                case "id" -> fields.id = once(fields, name, fields.id, text(fields, name));
                case "metadata" -> fields.metadata = once(fields, name, fields.metadata, metadata(fields));
                case "messages" -> {
                    if (!fields.whole) {
                        throw unknown(fields, name);
                    }
                    fields.messages = once(fields, name, fields.messages, messages());
                }
                default -> throw unknown(fields, name);
            }
        }
    }

    private List<NewMessage> messages() {
        parser.require(parser.next(), JsonToken.START_ARRAY, "messages", "an array of messages");
        List<NewMessage> messages = new ArrayList<>();
        for (JsonToken token = parser.next(); token != JsonToken.END_ARRAY; token = parser.next()) {
            String place = SentMessages.place(messages.size());
            parser.require(token, JsonToken.START_OBJECT, place, MESSAGE);
            Fields fields = new Fields(place + ".", false);
            readFields(fields);
            messages.add(fields.message());
        }
        return messages;
    }

    private Map<String, String> metadata(Fields fields) {
        String place = fields.place + "metadata";
        parser.require(parser.next(), JsonToken.START_OBJECT, place, "an object of strings, or no such field");
        Map<String, String> metadata = new LinkedHashMap<>();
        for (JsonToken token = parser.next(); token == JsonToken.FIELD_NAME; token = parser.next()) {
            String key = parser.name();
            parser.require(parser.next(), JsonToken.VALUE_STRING, place(place + ".", key), "a string");
            if (metadata.put(key, parser.text()) != null) {
                throw repeated(place(place + ".", key));
            }
        }
        return metadata;
    }

    private String text(Fields fields, String name) {
        String allowed = name.equals("id") ? "a string, or no such field" : "a string";
        parser.require(parser.next(), JsonToken.VALUE_STRING, fields.place + name, allowed);
        return parser.text();
    }

    private static <T> T once(Fields fields, String name, @Nullable T before, T value) {
        if (before != null) {
            throw repeated(fields.place + name);
        }
        return value;
    }

    private static ProblemException repeated(String field) {
        return Problem.of(ProblemType.REPEATED_FIELD, field + " is there twice")
                .at(field, "each field once")
                .asException();
    }

    private static ProblemException unknown(Fields fields, String name) {
        String field = place(fields.place, name);
        return Problem.of(ProblemType.UNKNOWN_FIELD, field + " is not known")
                .at(field, fields.whole ? "role, content, id and metadata, or messages" : "role, content, id, metadata")
                .asException();
    }

    /** What was read of one object so far. */
    private static final class Fields {

        private final String place;
        private final boolean whole;
        private @Nullable String role;
        private @Nullable String content;
        private @Nullable String id;
        private @Nullable Map<String, String> metadata;
        private @Nullable List<NewMessage> messages;

        Fields(String place, boolean whole) {
            this.place = place;
            this.whole = whole;
        }

        boolean isEmpty() {
            return role == null && content == null && id == null && metadata == null;
        }

        NewMessage message() {
            Role saidBy = valid(required("role", role), Role::of);
            String said = required("content", content);
            MessageId given = id == null ? null : valid(id, MessageId::new);
            return new NewMessage(given, saidBy, said, metadata == null ? Map.of() : metadata);
        }

        private String required(String name, @Nullable String value) {
            if (value == null) {
                throw Problem.of(ProblemType.MISSING_FIELD, place + name + " is missing")
                        .at(place + name, "a string")
                        .asException();
            }
            return value;
        }

        private <T> T valid(String value, Function<String, T> make) {
            try {
                return make.apply(value);
            } catch (InvalidValue e) {
                throw Problems.invalidValue(place, e).asException();
            }
        }
    }
}
