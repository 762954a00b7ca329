package dev.colloquy.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisException;

@DisplayName("A script is run again when the server has done nothing")
class ScriptRunnerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<ScriptCall> calls = new ArrayList<>();
    /** What the server says to each call: a reply or an exception. */
    private final Deque<Object> answers = new ArrayDeque<>();

    private final ScriptRunner runner =
            new ScriptRunner(key -> new Lane(this::send, Runnable::run, SOON, () -> {}, System::nanoTime));

    private void send(List<Call> batch, boolean answered, Consumer<Boolean> over) {
        over.accept(true);
        for (Call each : batch) {
            ScriptCall call = (ScriptCall) each;
            calls.add(call);
            switch (answers.removeFirst()) {
                case RuntimeException failure -> call.reply().completeExceptionally(failure);
                case Reply reply -> call.reply().complete(reply);
                default -> throw new IllegalStateException("no answer");
            }
        }
    }

    private Reply run() {
        return runner.run(Script.APPEND, "key", "first", () -> "repeated", List.of(), SOON);
    }

    private static Reply late(long millis) {
        return Reply.of(List.of("late".getBytes(StandardCharsets.UTF_8), millis));
    }

    private static Reply done() {
        return Reply.of(7L, 1234);
    }

    @Test
    @DisplayName(
            "without the line that it refused, in the source that this call or another of its command brought along")
    void keyLocking() {
        answers.addAll(List.of(new RedisException("ERR Unexpected flag in script shebang"), done()));

        assertThat(run().number(0)).isEqualTo(7);
        assertThat(calls).extracting(ScriptCall::text).containsExactly(Script.APPEND.locking(), Script.APPEND.plain());
    }

    @Test
    @DisplayName("with the source, when it does not know the script")
    void unknownScript() {
        answers.addAll(List.of(done(), new RedisException("NOSCRIPT No matching script"), done()));
        run();
        calls.clear();

        assertThat(run().number(0)).isEqualTo(7);
        assertThat(calls).extracting(ScriptCall::full).containsExactly(false, true);
    }

    @Test
    @DisplayName("with the source from the beginning, until the server has run a script")
    void firstOfAll() {
        answers.addAll(
                List.of(new RedisException("ERR Unexpected flag in script shebang"), late(1_000_000), done(), done()));
        run();
        run();

        assertThat(calls).extracting(ScriptCall::full).containsExactly(true, true, false, false);
    }

    @Test
    @DisplayName("alone, when a key of its command was refused")
    void refusedKey() {
        answers.addAll(List.of(new RedisException("NOPERM No permissions to access a key"), done()));
        assertThat(run().number(0)).isEqualTo(7);
        assertThat(calls).extracting(ScriptCall::alone).containsExactly(false, true);

        String refused = "NOPERM No permissions to access a key";
        answers.addAll(List.of(new RedisException(refused), new RedisException(refused)));
        assertThatThrownBy(this::run).hasMessage(refused);
        assertThat(answers).isEmpty();
    }

    @Test
    @DisplayName("as one that may have been carried out, for the refusal may have been another command's")
    void repeated() {
        answers.addAll(List.of(
                late(1_000_000),
                new RedisException("NOSCRIPT No matching script"),
                new RedisException("NOPERM No permissions to access a key"),
                done()));

        assertThat(run().number(0)).isEqualTo(7);
        assertThat(calls).extracting(ScriptCall::header).containsExactly("first", "first", "repeated", "repeated");
    }

    @Test
    @DisplayName("as one that was not carried out, where the refusal cannot have been another command's")
    void notRun() {
        answers.addAll(List.of(
                done(),
                new NotRun(new RedisException("NOSCRIPT No matching script")),
                new NotRun(new RedisException("ERR Unexpected flag in script shebang")),
                done()));
        run();

        assertThat(run().number(0)).isEqualTo(7);
        assertThat(calls).extracting(ScriptCall::header).containsOnly("first");
        assertThat(calls).extracting(ScriptCall::full).containsExactly(true, false, true, true);
    }

    @Test
    @DisplayName("but not when a command inside it was refused: those before it may have been carried out")
    void refusedCommand() {
        answers.addAll(
                List.of(new RedisException("NOPERM User a has no permissions to run the 'pexpire' command"), done()));

        assertThatThrownBy(this::run).hasMessageContaining("pexpire");
        assertThat(calls).hasSize(1);
    }

    @Test
    @DisplayName("with the time that it said, when it began late by a clock that was not known")
    void late() {
        answers.addAll(List.of(late(1_000_000), done()));

        assertThat(run().number(0)).isEqualTo(7);
        assertThat(calls.getFirst().latest()).isEqualTo(ServerClock.UNKNOWN);
        assertThat(calls.getLast().latest()).isBetween(1_000_000 + SOON.toMillis() / 2, 1_000_000 + SOON.toMillis());
    }

    @Test
    @DisplayName("not for ever")
    void bounded() {
        for (int i = 0; i < 100; i++) {
            answers.add(late(1_000_000));
        }

        assertThatThrownBy(this::run).isInstanceOf(StoreUnavailable.class);
        assertThat(calls).hasSizeLessThan(10);
    }
}
