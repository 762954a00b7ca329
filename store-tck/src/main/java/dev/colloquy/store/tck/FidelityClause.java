package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Differences.assertSame;
import static dev.colloquy.store.tck.Samples.NOON;
import static dev.colloquy.store.tck.Samples.WEEK;
import static dev.colloquy.store.tck.Samples.at;
import static dev.colloquy.store.tck.Samples.message;
import static dev.colloquy.store.tck.Samples.newAgent;
import static dev.colloquy.store.tck.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** S11: roles, content, ids, times and metadata come back exactly. */
abstract class FidelityClause extends Clause {

    private static final int MEGABYTE = 1 << 20;

    FidelityClause(Supplier<StoreHarness> harness) {
        super(harness);
    }

    private void assertComesBack(Message message) {
        ConversationId id = ConversationId.of(newAgent(), "alex");
        Append append = Append.of(WEEK, message);

        assertSame(
                "the receipt", append(store, id, append).messages().getFirst().message(), message);
        ConversationView view = harness.anotherClient().read(id, MessageRange.all(), WEEK);
        assertThat(view.messages()).hasSize(1);
        assertSame("a read", view.messages().getFirst().message(), message);
        // A store that kept something else would now find the same id with other content.
        append(store, id, append);
    }

    private static String everyCharacterOfTheBasicPlane() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            if (!Character.isSurrogate(c)) {
                all.append(c);
            }
        }
        return all.append(Character.MAX_VALUE).toString();
    }

    @Test
    @DisplayName("S11 content: empty, spaces, line ends, emoji, right-to-left text, NUL, quotes, every character")
    void content() {
        List<String> contents = List.of(
                "",
                " ",
                "  two  spaces  ",
                "\n",
                "one\r\ntwo\ttabs\n",
                "👩‍👩‍👧‍👦 🇩🇪 😀",
                "שלום ‏عالم‎",
                "before\u0000after",
                "\u0000",
                "e\u0301 and é",
                "\uFEFFbom",
                "\u2028\u2029\u0085",
                "\"\\/'`",
                "{\"role\":\"user\"}",
                "[]",
                "null",
                "<b>&amp;</b>",
                "%s %d ${x} #{y}",
                "-0.10",
                "𝕬𝖑𝖊𝖝",
                "\uFFFE\uFFFF",
                "\u001b[31m\u007f",
                everyCharacterOfTheBasicPlane());
        for (int i = 0; i < contents.size(); i++) {
            assertComesBack(message("m" + i, contents.get(i)));
        }
    }

    @Test
    @DisplayName("S11 content of 1 MB, in one-byte and in four-byte characters")
    void megabyte() {
        assertComesBack(message("plain", "a".repeat(MEGABYTE)));
        assertComesBack(message("emoji", "😀".repeat(MEGABYTE / 4)));
    }

    @Test
    @DisplayName("S11 roles: the four known ones and any other")
    void roles() {
        for (Role role :
                List.of(Role.AGENT, Role.USER, Role.SYSTEM, Role.TOOL, new Role("x"), new Role("a_role-2".repeat(4)))) {
            assertComesBack(new Message(new MessageId("m"), role, "text", NOON));
        }
    }

    @Test
    @DisplayName("S11 message ids: long ones, and every character that is allowed")
    void messageIds() {
        for (String id : List.of("0", "-", "01", "1e3", "null", "a.b_c:d@e/f+g=h~i-j", "ABC", "abc", "x".repeat(128))) {
            assertComesBack(message(id));
        }
    }

    @Test
    @DisplayName("S11 times: to the nanosecond, before 1970, far away")
    void times() {
        for (String time : List.of(
                "2026-03-01T12:00:00.123456789Z",
                "2026-03-01T12:00:00.000000001Z",
                "2026-03-01T12:00:00.999999999Z",
                "2026-03-01T12:00:00.100Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.000000001Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z")) {
            assertComesBack(at(Instant.parse(time), message("m")));
        }
    }

    @Test
    @DisplayName("S11 metadata: none, odd keys, empty and long values, the most entries")
    void metadata() {
        Map<String, String> odd = new HashMap<>();
        for (String key : List.of(
                " ",
                ".",
                "a.b",
                "$ref",
                "\"",
                "\\",
                "\n",
                "\u0000",
                "😀",
                "role",
                "content",
                "id",
                "seq",
                "at",
                "metadata",
                "null",
                "Role",
                "ROLE",
                "a",
                "a ",
                "é",
                "e\u0301",
                "k".repeat(128))) {
            odd.put(key, key + "=value");
        }
        odd.put("empty", "");
        odd.put("long", "v".repeat(10_000));
        Map<String, String> most = new HashMap<>();
        for (int i = 0; i < 64; i++) {
            most.put("key" + i, "value" + i);
        }
        for (Map<String, String> metadata : List.of(Map.<String, String>of(), Map.of("lang", "de"), odd, most)) {
            assertComesBack(with(metadata, message("m")));
        }
    }

    @Test
    @DisplayName("S11 metadata: keys of 128 characters that take several bytes each, and differ in the last one")
    void longKeys() {
        assertComesBack(
                with(Map.of("é".repeat(128), "1", "😀".repeat(128), "2", "😀".repeat(127) + "😁", "3"), message("m")));
    }

    @Test
    @DisplayName("S11 agents and users: any name that is allowed, also in listings")
    void names() {
        for (String user : List.of(
                "alex",
                "auth0|7",
                "a@b.c",
                "org:7/ann",
                "{x}",
                "{",
                "a:b",
                ":conversation",
                "*?[x]",
                "\\",
                " ",
                "a b",
                "😀",
                "אלכס",
                "é",
                "e\u0301",
                "%2F",
                "../..",
                "\"'",
                "null",
                "x".repeat(256),
                "😀".repeat(256))) {
            ConversationId id = ConversationId.of(newAgent(), user);

            append(store, id, Append.of(WEEK, message("m")));

            assertThat(read(id).id()).isEqualTo(id);
            assertThat(read(id).length())
                    .as("length of the conversation with %s", user)
                    .isEqualTo(1);
            assertThat(list(id.agent(), 10)).containsOnly(id);
        }
    }
}
