package dev.colloquy.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Calls that travel together")
class CommandTest {

    private static final String WEEK = "m604800000 0 n ";

    private static ScriptCall append(String key, String header, long latest, String... messages) {
        return append(false, key, header, latest, messages);
    }

    private static ScriptCall append(
            boolean virtualCaller, String key, String header, long latest, String... messages) {
        List<byte[]> bytes = new ArrayList<>();
        for (String message : messages) {
            bytes.add(bytes(message));
        }
        return new ScriptCall(
                Script.APPEND,
                Script.APPEND.plain(),
                false,
                false,
                key,
                header,
                latest,
                bytes,
                virtualCaller,
                0,
                new CompletableFuture<>());
    }

    private static ScriptCall read(String key) {
        return new ScriptCall(
                Script.READ,
                Script.READ.plain(),
                false,
                false,
                key,
                "all",
                0,
                List.of(),
                false,
                0,
                new CompletableFuture<>());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Integer> sizes(List<Command> commands) {
        return commands.stream().map(command -> command.calls().size()).toList();
    }

    @Test
    @DisplayName("join if they append under the same header, whatever is between them")
    void joined() {
        List<Command> commands = Command.joined(List.of(
                append("a", WEEK, 9, "1"),
                read("a"),
                append("b", WEEK, 7, "2"),
                append("c", "m604800000 0 k ", 9, "3"),
                append("d", "m604800000 0 k ", 9, "4", "5")));

        assertThat(sizes(commands)).containsExactly(2, 1, 1, 1);
        assertThat(commands.getFirst().keys(UnaryOperator.identity())).containsExactly(bytes("a"), bytes("b"));
        assertThat(commands.getFirst().arguments())
                .containsExactly(bytes("7 " + WEEK), bytes("1"), bytes("2"), bytes("2 0 "));
        assertThat(commands.get(1).arguments()).containsExactly(bytes("all"));
        assertThat(commands.getLast().arguments()).containsExactly(bytes("9 m604800000 0 k "), bytes("4"), bytes("5"));
    }

    @Test
    @DisplayName("join if they append as many messages each")
    void turns() {
        List<Command> commands = Command.joined(
                List.of(append("a", WEEK, 9, "1", "2"), append("b", WEEK, 9, "3", "4"), append("c", WEEK, 9, "5")));

        assertThat(sizes(commands)).containsExactly(2, 1);
        assertThat(commands.getFirst().arguments())
                .containsExactly(bytes("9 " + WEEK), bytes("1"), bytes("2"), bytes("3"), bytes("4"), bytes("0 0 "));
    }

    @Test
    @DisplayName("join up to 64 messages, and up to 64 KB")
    void bounds() {
        List<ScriptCall> many = IntStream.range(0, 130)
                .mapToObj(i -> append("k" + i, WEEK, 9, "m"))
                .toList();
        List<ScriptCall> large = IntStream.range(0, 5)
                .mapToObj(i -> append("k" + i, WEEK, 9, "m".repeat(25_000)))
                .toList();

        List<ScriptCall> turns = IntStream.range(0, 40)
                .mapToObj(i -> append("k" + i, WEEK, 9, "m", "n"))
                .toList();

        assertThat(sizes(Command.joined(many))).containsExactly(64, 64, 2);
        assertThat(sizes(Command.joined(turns))).containsExactly(32, 8);
        assertThat(sizes(Command.joined(large))).containsExactly(2, 2, 1);
        assertThat(sizes(Command.single(many))).hasSize(130).containsOnly(1);
    }

    @Test
    @DisplayName("get an answer or an error each")
    void answers() {
        List<ScriptCall> calls =
                List.of(append("a", WEEK, 9, "1"), append("b", WEEK, 9, "2"), append("c", WEEK, 9, "3"));
        Command.joined(calls)
                .getFirst()
                .answer(List.of(
                        7L,
                        List.of(bytes("OOM command not allowed"), bytes("failed")),
                        List.of(1L, bytes("new")),
                        1234L));

        assertThat(calls.getFirst().reply().join().number(0)).isEqualTo(7);
        assertThatThrownBy(() -> calls.get(1).reply().join()).hasMessageContaining("OOM command not allowed");
        assertThat(calls.getLast().reply().join().kind()).isEqualTo("new");
        assertThat(calls.getLast().reply().join().serverMillis()).hasValue(1234);
    }

    @Test
    @DisplayName("are late each for itself, and learn the time from it")
    void late() {
        List<ScriptCall> calls = List.of(append("a", WEEK, 9, "1"), append("b", WEEK, 7, "2"));
        Command.joined(calls).getFirst().answer(List.of(1L, List.of(bytes("late")), 1234L));

        assertThat(calls.getFirst().reply().join().isLate()).isFalse();
        assertThat(calls.getLast().reply().join().isLate()).isTrue();
        assertThat(calls.getLast().reply().join().serverMillis()).hasValue(1234);
    }

    @Test
    @DisplayName("are late when they travel alone")
    void lateAlone() {
        ScriptCall call = append("a", WEEK, 9, "1");
        Command.joined(List.of(call)).getFirst().answer(List.of(bytes("late"), 1234L));

        assertThat(call.reply().join().isLate()).isTrue();
        assertThat(call.reply().join().serverMillis()).hasValue(1234);
    }

    @Test
    @DisplayName("learn at once of an answer that cannot be understood")
    void strangeAnswer() {
        for (List<Object> strange :
                List.of(List.<Object>of(), List.<Object>of(7L, 1234L), List.<Object>of(7L, 8L, 9))) {
            ScriptCall first = append("a", WEEK, 9, "1");
            ScriptCall second = append("b", WEEK, 9, "2");
            Command.joined(List.of(first, second)).getFirst().answer(strange);

            assertThat(first.reply()).isCompletedExceptionally();
            assertThat(second.reply()).isCompletedExceptionally();
        }
    }

    @Test
    @DisplayName("fail, rather than wait for ever, when there is an error while the answer is handed out")
    void errorInHandingOut() {
        List<ScriptCall> calls = List.of(append("a", WEEK, 9, "1"), append("b", WEEK, 9, "2"));
        Command.joined(calls).getFirst().answer(new AbstractList<>() {
            @Override
            public Object get(int index) {
                if (index == 1) {
                    throw new LinkageError("for the test");
                }
                return 7L;
            }

            @Override
            public int size() {
                return 3;
            }
        });

        assertThat(calls).allMatch(call -> call.reply().isDone());
        assertThat(calls.getLast().reply()).isCompletedExceptionally();
    }

    @Test
    @DisplayName("are woken by a virtual thread if all their callers are such threads, else by who has the answer")
    void whoWakes() {
        boolean neverPinned = Runtime.version().feature() >= 24;
        assertThat(wokenByVirtualThread(true, true, true, true)).containsOnly(neverPinned);
        assertThat(wokenByVirtualThread(true, true, true, false)).containsOnly(false);
        assertThat(wokenByVirtualThread(true, true)).containsOnly(false);
    }

    private static List<Boolean> wokenByVirtualThread(boolean... virtualCallers) {
        List<ScriptCall> calls = new ArrayList<>();
        List<Object> answers = new ArrayList<>();
        for (boolean virtualCaller : virtualCallers) {
            calls.add(append(virtualCaller, "a", WEEK, 9, "1"));
            answers.add(7L);
        }
        answers.add(1234L);
        List<CompletableFuture<Boolean>> woken = calls.stream()
                .map(call ->
                        call.reply().thenApply(reply -> Thread.currentThread().isVirtual()))
                .toList();
        Command command = Command.joined(calls).getFirst();
        command.answer(answers);

        assertThat(command.isAnswered()).isTrue();
        return woken.stream().map(CompletableFuture::join).toList();
    }
}
