package dev.colloquy.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.StoreUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A caller that waits for an answer")
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AnswersTest {

    private final CompletableFuture<String> reply = new CompletableFuture<>();
    private final AtomicInteger yields = new AtomicInteger();

    private void answerAtYield(int count) {
        if (yields.incrementAndGet() == count) {
            reply.complete("answer");
        }
    }

    private void answerLater() {
        reply.completeOnTimeout("answer", 50, TimeUnit.MILLISECONDS);
    }

    @Test
    @DisplayName("lets others run in a crowd, up to twice, as long as there is no answer")
    void crowd() {
        assertThat(Answers.await(reply, true, () -> answerAtYield(2))).isEqualTo("answer");
        assertThat(Answers.await(reply, true, () -> answerAtYield(2))).isEqualTo("answer");
        assertThat(yields).hasValue(2);
    }

    @Test
    @DisplayName("sleeps after that")
    void sleeps() {
        Runnable yield = () -> {
            if (yields.incrementAndGet() == 2) {
                answerLater();
            }
        };
        assertThat(Answers.await(reply, true, yield)).isEqualTo("answer");
        assertThat(yields).hasValue(2);
    }

    @Test
    @DisplayName("sleeps at once where few wait")
    void alone() {
        answerLater();
        assertThat(Answers.await(reply, false, () -> answerAtYield(1))).isEqualTo("answer");
        assertThat(yields).hasValue(0);
    }

    @Test
    @DisplayName("sleeps at once on a virtual thread")
    void virtual() {
        answerLater();
        assertThat(CompletableFuture.supplyAsync(
                                () -> Answers.await(reply, true, () -> answerAtYield(1)), Thread::startVirtualThread)
                        .join())
                .isEqualTo("answer");
        assertThat(yields).hasValue(0);
    }

    @Test
    @DisplayName("stays interrupted, and its call is not sent any more")
    void interrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Answers.await(reply, true)).isInstanceOf(StoreUnavailable.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(reply).isDone();
    }
}
