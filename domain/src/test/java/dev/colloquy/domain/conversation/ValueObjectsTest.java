package dev.colloquy.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.retention.Retention;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An illegal value cannot be built")
class ValueObjectsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String LONE_SURROGATE = "a\ud83d";

    private static void assertRefused(String field, ThrowingCallable building) {
        assertThatThrownBy(building)
                .isInstanceOfSatisfying(
                        InvalidValue.class, error -> assertThat(error.field()).isEqualTo(field))
                .hasMessageContaining("allowed: ");
    }

    @Nested
    @DisplayName("names")
    class Names {

        @ParameterizedTest
        @ValueSource(strings = {"", "-a", ".a", "a:b", "a b", "a/b", "ä", "a\u0080", "a\n"})
        void agent(String value) {
            assertRefused("agent", () -> new AgentId(value));
        }

        @Test
        void agentTooLong() {
            assertThatCode(() -> new AgentId("a".repeat(64))).doesNotThrowAnyException();
            assertRefused("agent", () -> new AgentId("a".repeat(65)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a\u0000", "a\nb", "\u0085", LONE_SURROGATE})
        void user(String value) {
            assertRefused("user", () -> new UserId(value));
        }

        @ParameterizedTest
        @ValueSource(strings = {"auth0|7", "a@b.c", "org:7/ann", " ", "{x}", "שלום", "👩‍👩‍👧"})
        void userAccepted(String value) {
            assertThat(new UserId(value).value()).isEqualTo(value);
        }

        @Test
        @DisplayName("count characters, not UTF-16 units")
        void userLength() {
            assertThatCode(() -> new UserId("😀".repeat(256))).doesNotThrowAnyException();
            assertRefused("user", () -> new UserId("😀".repeat(257)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "User", "9", "a b", "a23456789012345678901234567890123"})
        void role(String value) {
            assertRefused("role", () -> new Role(value));
        }

        @Test
        @DisplayName("of a usual name is the constant, which all messages share")
        void constants() {
            assertThat(Role.of("agent")).isSameAs(Role.AGENT);
            assertThat(Role.of("user")).isSameAs(Role.USER);
            assertThat(Role.of("system")).isSameAs(Role.SYSTEM);
            assertThat(Role.of("tool")).isSameAs(Role.TOOL);
            assertThat(Role.of("critic")).isEqualTo(new Role("critic"));
            assertRefused("role", () -> Role.of("User"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "\"", "é", "a\u0080", "a\\b"})
        void messageId(String value) {
            assertRefused("id", () -> new MessageId(value));
        }

        @Test
        void messageIdTooLong() {
            assertThatCode(() -> new MessageId("a".repeat(128))).doesNotThrowAnyException();
            assertRefused("id", () -> new MessageId("a".repeat(129)));
        }

        @Test
        void longestRole() {
            assertThatCode(() -> new Role("a".repeat(32))).doesNotThrowAnyException();
        }
    }

    @Nested
    @DisplayName("messages")
    class Messages {

        private static final MessageId ID = new MessageId("m1");

        @Test
        @DisplayName("carry any text that UTF-8 can carry")
        void text() {
            assertThat(new Message(ID, Role.USER, "", NOON).content()).isEmpty();
            assertThat(new Message(ID, Role.USER, "a\u0000b😀", NOON).content()).isEqualTo("a\u0000b😀");
            assertRefused("content", () -> new Message(ID, Role.USER, LONE_SURROGATE, NOON));
            assertRefused("content", () -> new Message(ID, Role.USER, "\ude00", NOON));
            assertRefused("content", () -> new Message(ID, Role.USER, "\ude00\ude00", NOON));
            assertRefused("content", () -> new Message(ID, Role.USER, "\ud83da", NOON));
        }

        @Test
        @DisplayName("know their size in UTF-8")
        void size() {
            String content = "aé€😀\u0000\u007f\u0080\u07ff\u0800";
            Message message = new Message(ID, Role.USER, content, NOON, Map.of("ключ", "v"));

            assertThat(message.sizeInBytes())
                    .isEqualTo((content + "ключ" + "v").getBytes(StandardCharsets.UTF_8).length);
        }

        @Test
        @DisplayName("copy their metadata")
        void metadata() {
            Map<String, String> metadata = new HashMap<>(Map.of("a", "b"));
            Message message = new Message(ID, Role.USER, "", NOON, metadata);
            metadata.put("c", "d");

            assertThat(message.metadata()).containsExactly(Map.entry("a", "b"));
            assertRefused("metadata", () -> new Message(ID, Role.USER, "", NOON, Map.of("", "b")));
            assertRefused("metadata", () -> new Message(ID, Role.USER, "", NOON, Map.of("a", LONE_SURROGATE)));
            assertRefused("metadata", () -> new Message(ID, Role.USER, "", NOON, Map.of(LONE_SURROGATE, "b")));
        }

        @Test
        @DisplayName("check the metadata that they keep, not what it was a moment before")
        void checkedCopy() {
            Map<String, String> changing = new HashMap<>(Map.of("", "b")) {
                private static final long serialVersionUID = 1L;

                @Override
                public void forEach(BiConsumer<? super String, ? super String> check) {
                    check.accept("a", "b");
                }
            };

            assertRefused("metadata", () -> new Message(ID, Role.USER, "", NOON, changing));
        }

        @Test
        @DisplayName("have at most 64 entries of metadata")
        void metadataEntries() {
            assertThat(new Message(ID, Role.USER, "", NOON, entries(64)).metadata())
                    .hasSize(64);
            assertRefused("metadata", () -> new Message(ID, Role.USER, "", NOON, entries(65)));
        }

        @Test
        @DisplayName("do not copy more than that: keys with the same hash code would take minutes")
        void tooMuchToCopy() {
            Map<String, String> many = new AbstractMap<>() {
                @Override
                public int size() {
                    return 65;
                }

                @Override
                public Set<Entry<String, String>> entrySet() {
                    throw new AssertionError("copied");
                }
            };

            assertRefused("metadata", () -> new Message(ID, Role.USER, "", NOON, many));
        }

        private static Map<String, String> entries(int count) {
            return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "key" + i, i -> ""));
        }

        @Test
        @DisplayName("repeat another one if all but the time is the same")
        void repeats() {
            Message message = new Message(ID, Role.USER, "Alex", NOON, Map.of("a", "b"));

            assertThat(message.repeats(new Message(ID, Role.USER, "Alex", NOON.plusSeconds(1), Map.of("a", "b"))))
                    .isTrue();
            assertThat(message.repeats(new Message(new MessageId("m2"), Role.USER, "Alex", NOON, Map.of("a", "b"))))
                    .isFalse();
            assertThat(message.repeats(new Message(ID, Role.TOOL, "Alex", NOON, Map.of("a", "b"))))
                    .isFalse();
            assertThat(message.repeats(new Message(ID, Role.USER, "Ann", NOON, Map.of("a", "b"))))
                    .isFalse();
            assertThat(message.repeats(new Message(ID, Role.USER, "Alex", NOON)))
                    .isFalse();
        }

        @Test
        @DisplayName("count the characters of a metadata key, not its UTF-16 units")
        void metadataKey() {
            Message longest = new Message(ID, Role.USER, "", NOON, Map.of("😀".repeat(128), ""));

            assertThat(longest.metadata()).hasSize(1);
            assertThatThrownBy(() -> new Message(ID, Role.USER, "", NOON, Map.of("😀".repeat(129), "")))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("129 characters");
        }

        @Test
        @DisplayName("do not show their content in a log line")
        void quiet() {
            assertThat(new Message(ID, Role.USER, "secret", NOON, Map.of("k", "hidden")).toString())
                    .doesNotContain("secret", "hidden");
        }
    }

    @Nested
    @DisplayName("batches and ranges")
    class Batches {

        private static Message message(String id) {
            return new Message(new MessageId(id), Role.USER, "", NOON);
        }

        @Test
        void batch() {
            assertRefused("messages", () -> Append.of(Retention.DEFAULT));
            assertRefused("id", () -> Append.of(Retention.DEFAULT, message("a"), message("a")));
            assertRefused("messages", () -> Append.of(Retention.DEFAULT.keepingAtMost(1), message("a"), message("b")));
        }

        @Test
        void range() {
            assertRefused("last", () -> MessageRange.last(0));
            assertRefused("after", () -> MessageRange.after(-1, 1));
            assertRefused("limit", () -> MessageRange.after(0, 0));
            assertRefused("limit", () -> PageRequest.first(0));
            assertRefused("limit", () -> PageRequest.first(1001));
        }

        @Test
        void cursor() {
            PageRequest page = PageRequest.first(1);

            assertThat(page.after("c".repeat(2048)).from()).contains("c".repeat(2048));
            assertRefused("cursor", () -> page.after("c".repeat(2049)));
        }

        @Test
        @DisplayName("count from 1")
        void sequenceNumbers() {
            assertRefused("sequence", () -> new Position(0, new MessageId("a")));
            assertRefused("sequence", () -> new SequencedMessage(0, message("a")));
        }

        @Test
        @DisplayName("of more than 128 messages could not be recognised as a whole")
        void longestBatch() {
            Message[] most =
                    IntStream.range(0, 128).mapToObj(i -> message("m" + i)).toArray(Message[]::new);
            Message[] more =
                    IntStream.range(0, 129).mapToObj(i -> message("m" + i)).toArray(Message[]::new);

            assertThat(Append.of(Retention.DEFAULT, most).messages()).hasSize(128);
            assertRefused("messages", () -> Append.of(Retention.DEFAULT, more));
        }
    }

    @Test
    @DisplayName("and the error quotes only the beginning of it, with control characters made visible")
    void quotes() {
        assertThatThrownBy(() -> new AgentId("x".repeat(100_000)))
                .message()
                .hasSizeLessThan(300)
                .contains("…");
        assertThatThrownBy(() -> new AgentId("a\u001b[31m")).hasMessageContaining("a\\u001b[31m");
        assertThatThrownBy(() -> new UserId(LONE_SURROGATE)).hasMessageContaining("\"a\\ud83d\"");
    }

    @Test
    @DisplayName("and the error quotes up to 80 characters whole")
    void quotesWhole() {
        assertThatThrownBy(() -> new AgentId("x".repeat(80))).hasMessageContaining("\"" + "x".repeat(80) + "\"");
        assertThatThrownBy(() -> new AgentId("x".repeat(81))).hasMessageContaining("\"" + "x".repeat(80) + "…\"");
    }
}
