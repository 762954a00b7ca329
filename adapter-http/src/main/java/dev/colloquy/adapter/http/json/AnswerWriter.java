package dev.colloquy.adapter.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.port.in.Readiness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of answers. The same answer always gives the same bytes. */
public final class AnswerWriter {

    private AnswerWriter() {}

    /**
     * A conversation in a listing.
     *
     * @param agent the agent's name
     * @param user the user's name
     * @param href where the conversation is, as a path
     */
    public record Link(String agent, String user, String href) {}

    /** What an append gave back. */
    public static byte[] receipt(Receipt receipt) {
        return write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("messages");
            switch (receipt) {
                case Receipt.Stored stored -> {
                    writeMessages(json, stored.messages());
                    json.writeEndArray();
                    json.writeNumberField("length", stored.length());
                    json.writeStringField("expiresAt", stored.expiresAt().toString());
                }
                case Receipt.Accepted accepted -> {
                    writePending(json, accepted.messages());
                    json.writeEndArray();
                }
            }
            json.writeEndObject();
        });
    }

    /** The messages of a conversation, as an array. */
    public static byte[] messages(ConversationView view) {
        return write(json -> writeAll(json, view));
    }

    /** A conversation with what is known about it. */
    public static byte[] conversation(ConversationView view) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("agent", view.id().agent().value());
            json.writeStringField("user", view.id().user().value());
            json.writeNumberField("length", view.length());
            var last = view.lastPosition();
            if (last.isPresent()) {
                json.writeNumberField("firstSeq", view.firstSequence());
                json.writeNumberField("lastSeq", last.get().sequence());
            }
            if (view.expiresAt() != null) {
                json.writeStringField("expiresAt", view.expiresAt().toString());
            }
            json.writeStringField("state", lowerCase(view.state()));
            json.writeFieldName("messages");
            writeAll(json, view);
            json.writeEndObject();
        });
    }

    /** A page of a listing; next is null on the last one. */
    public static byte[] page(List<Link> conversations, @Nullable String next) {
        return write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("conversations");
            for (Link link : conversations) {
                json.writeStartObject();
                json.writeStringField("agent", link.agent());
                json.writeStringField("user", link.user());
                json.writeStringField("href", link.href());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("next", next);
            json.writeEndObject();
        });
    }

    /** Whether the service can do its work. */
    public static byte[] readiness(Readiness readiness) {
        return health(lowerCase(readiness.state()), readiness.detail());
    }

    /** A state and what is behind it. */
    public static byte[] health(String state, String detail) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("state", state);
            json.writeStringField("detail", detail);
            json.writeEndObject();
        });
    }

    /** A problem. */
    public static byte[] problem(Problem problem) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("type", problem.type().uri());
            json.writeStringField("title", problem.type().title());
            json.writeNumberField("status", problem.type().status());
            json.writeStringField("detail", problem.detail());
            for (Problem.Member member : problem.members()) {
                json.writePOJOField(member.name(), member.value());
            }
            json.writeEndObject();
        });
    }

    private static void writeAll(JsonGenerator json, ConversationView view) throws IOException {
        json.writeStartArray();
        writeMessages(json, view.messages());
        writePending(json, view.pending());
        json.writeEndArray();
    }

    private static void writeMessages(JsonGenerator json, List<SequencedMessage> messages) throws IOException {
        for (SequencedMessage message : messages) {
            json.writeStartObject();
            json.writeNumberField("seq", message.sequence());
            writeFields(json, message.message());
            json.writeEndObject();
        }
    }

    private static void writePending(JsonGenerator json, List<Message> messages) throws IOException {
        for (Message message : messages) {
            json.writeStartObject();
            writeFields(json, message);
            json.writeBooleanField("pending", true);
            json.writeEndObject();
        }
    }

    private static void writeFields(JsonGenerator json, Message message) throws IOException {
        json.writeStringField("id", message.id().value());
        json.writeStringField("role", message.role().value());
        json.writeStringField("content", message.content());
        json.writeStringField("at", message.at().toString());
        if (!message.metadata().isEmpty()) {
            json.writeObjectFieldStart("metadata");
            // In a fixed order: the entity tag promises the same bytes.
            for (Map.Entry<String, String> entry : new TreeMap<>(message.metadata()).entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static byte[] write(Body body) {
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
            body.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a body could not be written to memory", e);
        }
        return bytes.toByteArray();
    }
}
