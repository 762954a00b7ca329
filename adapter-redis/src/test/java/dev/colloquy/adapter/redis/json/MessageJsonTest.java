package dev.colloquy.adapter.redis.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.conversation.SequencedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Elements read as one text")
class MessageJsonTest {

    private static final String OWN = """
            {"seq":%s,"at":"2026-11-23T12:00:00.123Z","id":"m-%s","role":"user","content":"%s","metadata":{"a":"b"}}""";
    private static final String FOREIGN = """
            {"role":"agent","content":"b"}""";

    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String NOTHING = """
            {"at":null,"id":null,"role":"agent","content":"b","metadata":null}""";

    private static List<byte[]> elements(Charset charset, String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(charset)).toList();
    }

    private static List<SequencedMessage> oneByOne(List<byte[]> elements, long first) {
        return IntStream.range(0, elements.size())
                .mapToObj(i -> MessageJson.read(elements.get(i), first + i).orElseThrow())
                .toList();
    }

    static Stream<Arguments> readable() {
        return Stream.of(
                Arguments.of("none", List.of()),
                Arguments.of("one", List.of(OWN.formatted(7, 7, "Hello"))),
                Arguments.of("of two writers", List.of(OWN.formatted(7, 7, "Grüß dich 🙂"), FOREIGN, FOREIGN)),
                Arguments.of("with space around", List.of(FOREIGN, " \n" + FOREIGN + "\n ", FOREIGN)),
                Arguments.of("with line ends inside", List.of(FOREIGN.replace(",", ",\n"), OWN.formatted(8, 8, "\\n"))),
                Arguments.of("with fields that say nothing", List.of(NOTHING)),
                Arguments.of("with fields of others", List.of("{\"x\":[{}],\"role\":\"tool\",\"content\":\"\"}")),
                Arguments.of(
                        "with long ones of others",
                        List.of(FOREIGN.replace("{", "{\"" + "x".repeat(60_000) + "\":1,"))),
                Arguments.of("with large numbers", List.of(FOREIGN.replace("{", "{\"x\":" + "1".repeat(2_000) + ","))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    @DisplayName("are what they are one by one")
    void same(String what, List<String> texts) {
        List<byte[]> elements = elements(UTF_8, texts.toArray(String[]::new));

        assertThat(MessageJson.readAll(elements, 7)).contains(oneByOne(elements, 7));
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("no JSON", List.of(FOREIGN, "Hello", FOREIGN)),
                Arguments.of("no object", List.of(FOREIGN, "[]")),
                Arguments.of("an empty element", List.of(FOREIGN, "", FOREIGN)),
                Arguments.of("no content", List.of("{\"role\":\"agent\"}", FOREIGN)),
                Arguments.of("a role that is none", List.of("{\"role\":\"A\",\"content\":\"\"}")),
                Arguments.of("another number than its place", List.of(FOREIGN, OWN.formatted(9, 9, ""))),
                Arguments.of("two objects and none", List.of(FOREIGN + FOREIGN, " ")),
                Arguments.of("two objects at the end", List.of(FOREIGN, FOREIGN + FOREIGN)),
                Arguments.of("half an object too much", List.of(FOREIGN + "{\"role\":\"agent\",", "\"content\":\"\"}")),
                Arguments.of("an object over two", List.of("{\"role\":\"agent\",", "\"content\":\"\"}" + FOREIGN)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    @DisplayName("are not read if one of them is not a message at its place")
    void refused(String what, List<String> texts) {
        assertThat(MessageJson.readAll(elements(UTF_8, texts.toArray(String[]::new)), 7))
                .isEmpty();
    }

    @Test
    @DisplayName("are not read in another encoding than UTF-8, in which the places could not be told")
    void otherEncoding() {
        assertThat(MessageJson.readAll(elements(UTF_16, FOREIGN, FOREIGN), 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"seq\": 12,", "{\"seq\":12 ,", "{ \"seq\":12,", "{\"seq\":12.0,", "{\"seq\":\"12\","})
    @DisplayName("have the number of their place unless they begin as ours do; the server's scripts have the same rule")
    void foreignNumber(String begin) {
        byte[] element =
                (begin + "\"at\":\"2026-03-01T12:00:00Z\",\"role\":\"user\",\"content\":\"x\"}").getBytes(UTF_8);

        assertThat(MessageJson.saysItsNumber(element)).isFalse();
        assertThat(MessageJson.read(element, 3))
                .get()
                .extracting(SequencedMessage::sequence)
                .isEqualTo(3L);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"seq\":7,\"at\":\"2026\",\"id\":\"m-7\",\"role\":\"user\",\"content\":\"x\"}"
                        + "|{\"seq\":7,\"at\":\"2026\",\"id\":\"m-7\"",
                "{\"seq\":7,\"recent\":\"AAA\",\"at\":\"2026\",\"id\":\"m-7\",\"role\":\"user\"}|",
                "{\"seq\":7,\"at\":\"2026\",\"role\":\"user\",\"id\":\"m-7\"}|",
                "{\"seq\":7,\"at\":\"2026\",\"id\":\"m-7|",
                "{\"seq\":7,\"at\":\"2026|",
                "{\"seq\":7,|",
                "{\"role\":\"agent\",\"content\":\"b\"}|"
            })
    @DisplayName("are recognised by how they begin, if they are ours and have no trail")
    void mark(String element, @Nullable String mark) {
        assertThat(MessageJson.mark(element.getBytes(UTF_8))).isEqualTo(Optional.ofNullable(mark));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\"",
                "\\",
                "\n",
                "\"a\"b\\\\c\t",
                "a\u0000\u001f \u007f",
                "Grüß dich\n🙂",
                "\u2028/"
            })
    @DisplayName("are escaped as JSON escapes text, wherever what needs it stands")
    void escaped(String text) {
        Message message = new Message(
                new MessageId("m-1"), new Role("user"), "c" + text, Instant.EPOCH, Map.of("key" + text, text));
        String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(text));

        assertThat(MessageJson.withoutBrace(message)).isEqualTo("""
                        "at":"1970-01-01T00:00:00Z","id":"m-1","role":"user","content":"c%s","metadata":{"key%s":"%s"}}""".formatted(escaped, escaped, escaped));
    }

    @Test
    @DisplayName("are read with whatever names their metadata has, also if Jackson gives all of them one hash code")
    void collidingNames() {
        Random random = new Random(7);
        for (int i = 1; i <= 40; i++) {
            Map<String, String> metadata = new HashMap<>();
            while (metadata.size() < 64) {
                metadata.put(collidingName(random), "1");
            }
            Message message = new Message(new MessageId("m-" + i), Role.USER, "x", Instant.EPOCH, metadata);
            byte[] element = ("{\"seq\":" + i + "," + MessageJson.withoutBrace(message)).getBytes(UTF_8);

            assertThat(MessageJson.read(element, i)).as("message " + i).isPresent();
        }
    }

    /** Eight letters that Jackson's ByteQuadsCanonicalizer gives one hash code, as it mixes its seed in last. */
    private static String collidingName(Random random) {
        while (true) {
            int first = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                first = first << Byte.SIZE | LETTERS.charAt(random.nextInt(LETTERS.length()));
            }
            int mixed = first + (first >>> 15);
            mixed ^= mixed >>> 9;
            // 0x3E0F83E1 is the inverse of its factor 33, to 32 bits.
            int second = (0x12345678 - mixed) * 0x3E0F83E1;
            byte[] bytes = ByteBuffer.allocate(2 * Integer.BYTES)
                    .putInt(first)
                    .putInt(second)
                    .array();
            String name = new String(bytes, ISO_8859_1);
            if (name.chars().allMatch(c -> LETTERS.indexOf(c) >= 0)) {
                return name;
            }
        }
    }
}
