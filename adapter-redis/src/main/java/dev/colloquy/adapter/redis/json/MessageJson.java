package dev.colloquy.adapter.redis.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.InvalidValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes and reads the elements of a conversation's list. Stateless and safe for any number of threads. */
public final class MessageJson {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    // An element is whole in memory already. Others may put into it what we pass over.
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            // Callers make up the names of metadata: what was stored must be readable, also if many have one hash code.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();
    private static final JsonStringEncoder ESCAPES = JsonStringEncoder.getInstance();
    private static final byte[] SEQUENCE = {'{', '"', 's', 'e', 'q', '"', ':'};
    private static final byte[] RECENT = "\"recent\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GONE = "\"gone\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AT = "\"at\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID = ",\"id\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_DIGITS = 13;
    /** Enough characters for all but the content, if there is no metadata. */
    private static final int USUAL_FRAME = 160;

    private MessageJson() {}

    /**
     * Writes the message as a JSON object without its opening brace, in which the time comes first and the id second: the
     * script that appends puts the sequence number in front. Equal messages give equal text.
     */
    public static String withoutBrace(Message message) {
        StringBuilder json = new StringBuilder(message.content().length() + USUAL_FRAME);
        // Neither a time, nor an id, nor a role has a character that JSON would escape.
        StoredTime.append(message.at(), json.append("\"at\":\""));
        json.append("\",\"id\":\"").append(message.id().value());
        json.append("\",\"role\":\"").append(message.role().value());
        json.append("\",\"content\":\"");
        appendText(message.content(), json);
        json.append('"');
        if (!message.metadata().isEmpty()) {
            String separator = ",\"metadata\":{\"";
            for (Map.Entry<String, String> entry : new TreeMap<>(message.metadata()).entrySet()) {
                json.append(separator);
                appendText(entry.getKey(), json);
                json.append("\":\"");
                appendText(entry.getValue(), json);
                json.append('"');
                separator = ",\"";
            }
            json.append('}');
        }
        return json.append('}').toString();
    }

    /** Adds the text as it stands between quotes. What needs no escape goes in one piece: most texts do. */
    private static void appendText(String text, StringBuilder json) {
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                json.append(text, copied, i);
                ESCAPES.quoteAsString(text.subSequence(i, i + 1), json);
                copied = i + 1;
            }
        }
        json.append(text, copied, text.length());
    }

    /**
     * Reads an element.
     *
     * <p>Only role and content have to be there. Without a usable id the message gets one made from its bytes and its
     * number, the same at every read; without a time, the epoch.
     *
     * @param element the element's bytes
     * @param position the number that its place in the list gives it, for an element that does not say its own
     * @return the message, or empty if the element is not one
     */
    public static Optional<SequencedMessage> read(byte[] element, long position) {
        try (JsonParser json = JSON.createParser(element)) {
            Fields fields = new Fields();
            if (json.nextToken() != JsonToken.START_OBJECT || !fields.read(json) || json.nextToken() != null) {
                return Optional.empty();
            }
            return Optional.of(fields.message(element, position));
        } catch (IOException | InvalidValue | DateTimeException notAMessage) {
            // Not passed on: Jackson's messages quote what they could not read.
            return Optional.empty();
        }
    }

    /**
     * Reads elements that follow each other. One parser reads them all as one text, which costs a good deal less than a
     * parser for each.
     *
     * @param elements the elements' bytes
     * @param first the number of the first
     * @return the messages, or empty if one of the elements is not a message or says another number than its place gives
     */
    public static Optional<List<SequencedMessage>> readAll(List<byte[]> elements, long first) {
        List<SequencedMessage> messages = new ArrayList<>(elements.size());
        try (JsonParser json = JSON.createParser(lines(elements))) {
            long begin = 0;
            for (byte[] element : elements) {
                Fields fields = new Fields();
                boolean begins = json.nextToken() == JsonToken.START_OBJECT
                        && json.currentTokenLocation().getByteOffset() >= begin;
                if (!begins || !fields.read(json) || json.currentLocation().getByteOffset() > begin + element.length) {
                    return Optional.empty();
                }
                SequencedMessage message = fields.message(element, first + messages.size());
                if (message.sequence() != first + messages.size()) {
                    return Optional.empty();
                }
                messages.add(message);
                begin += element.length + 1;
            }
            return json.nextToken() == null ? Optional.of(messages) : Optional.empty();
        } catch (IOException | InvalidValue | DateTimeException notAMessage) {
            // Not passed on: Jackson's messages quote what they could not read.
            return Optional.empty();
        }
    }

    private static byte[] lines(List<byte[]> elements) {
        int length = elements.size();
        for (byte[] element : elements) {
            length += element.length;
        }
        ByteBuffer lines = ByteBuffer.allocate(length);
        elements.forEach(element -> lines.put(element).put((byte) '\n'));
        return lines.array();
    }

    /** Whether an element begins as one that Colloquy wrote, with its number. */
    public static boolean saysItsNumber(byte[] element) {
        return ownNumber(element) > 0;
    }

    /**
     * How an element of ours without a trail begins, up to its id: with its number, its time and its id. Another element
     * begins like that only if the same message was appended once more, behind a clear.
     *
     * @return the text, or empty if the element has a trail or is not ours
     */
    public static Optional<String> mark(byte[] element) {
        if (ownNumber(element) == 0) {
            return Optional.empty();
        }
        int number = indexOf(element, ',', SEQUENCE.length);
        int at = endOfText(element, number + 1, AT);
        int id = at < 0 ? -1 : endOfText(element, at + 1, ID);
        return id < 0 ? Optional.empty() : Optional.of(new String(element, 0, id + 1, StandardCharsets.US_ASCII));
    }

    /** Where the text ends that begins there with this name and a quote; -1 if it does not. */
    private static int endOfText(byte[] element, int from, byte[] name) {
        return begins(element, from, name) ? indexOf(element, '"', from + name.length) : -1;
    }

    private static boolean begins(byte[] element, int from, byte[] name) {
        int end = from + name.length;
        return end <= element.length && Arrays.equals(element, from, end, name, 0, name.length);
    }

    private static int indexOf(byte[] element, char wanted, int from) {
        for (int i = from; i < element.length; i++) {
            if (element[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The number that an element of ours says, or 0. {@code common.lua} has the same rule: no space, and the time behind the
     * number or, in the last element of a list, behind the trail.
     */
    private static long ownNumber(byte[] element) {
        if (Arrays.mismatch(element, SEQUENCE) != SEQUENCE.length) {
            return 0;
        }
        long number = 0;
        for (int i = SEQUENCE.length; i < Math.min(element.length, SEQUENCE.length + MOST_DIGITS + 1); i++) {
            if (element[i] < '0' || element[i] > '9') {
                return element[i] == ',' && timeFollows(element, i + 1) ? number : 0;
            }
            number = number * 10 + element[i] - '0';
        }
        return 0;
    }

    private static boolean timeFollows(byte[] element, int from) {
        int recent = endOfText(element, from, RECENT);
        int gone = recent < 0 ? -1 : endOfText(element, recent + 2, GONE);
        int begin = recent < 0 ? from : (gone < 0 ? recent : gone) + 2;
        return begins(element, begin, AT);
    }

    /** The fields of one element. */
    private static final class Fields {

        private @Nullable String at;
        private @Nullable String id;
        private @Nullable String role;
        private @Nullable String content;
        private Map<String, String> metadata = Map.of();

        /** Reads up to the end of the object; false if a field has a wrong type. */
        private boolean read(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                boolean text = value == JsonToken.VALUE_STRING;
                switch (name) {
                    case "at" -> at = text ? json.getText() : null;
                    case "id" -> id = text ? json.getText() : null;
                    case "role" -> role = text ? json.getText() : null;
                    case "content" -> content = text ? json.getText() : null;
                    case "metadata" -> {
                        boolean none = value == JsonToken.VALUE_NULL;
                        if (!none && (value != JsonToken.START_OBJECT || !readMetadata(json))) {
                            return false;
                        }
                    }
                    default -> json.skipChildren();
                }
                if (!text && !name.equals("metadata")) {
                    json.skipChildren();
                }
            }
            return role != null && content != null;
        }

        private boolean readMetadata(JsonParser json) throws IOException {
            metadata = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING) {
                    return false;
                }
                metadata.put(name, json.getText());
            }
            return true;
        }

        private Optional<MessageId> usableId() {
            return id != null && MessageId.isAllowed(id) ? Optional.of(new MessageId(id)) : Optional.empty();
        }

        private SequencedMessage message(byte[] element, long position) {
            long own = ownNumber(element);
            long number = own > 0 ? own : position;
            MessageId name = usableId().orElseGet(() -> ForeignId.of(element, number));
            Instant time = at == null ? Instant.EPOCH : StoredTime.parse(at);
            return new SequencedMessage(
                    number, new Message(name, Role.of(String.valueOf(role)), String.valueOf(content), time, metadata));
        }
    }
}
