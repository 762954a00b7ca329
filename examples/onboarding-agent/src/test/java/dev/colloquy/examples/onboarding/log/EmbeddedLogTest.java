package dev.colloquy.examples.onboarding.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.colloquy.bootstrap.Colloquy;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import dev.colloquy.examples.onboarding.log.ConversationLog.Kept;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("With Colloquy inside, the log")
class EmbeddedLogTest {

    @Test
    @DisplayName("says that a clear is done")
    void cleared() {
        try (ConversationLog log = log(ClearReceipt.CLEARED)) {
            assertThat(log.clear()).isEqualTo(Kept.STORED);
        }
    }

    @Test
    @DisplayName("fails if a clear would wait, as the program ends before it is done")
    void waiting() {
        try (ConversationLog log = log(ClearReceipt.ACCEPTED)) {
            assertThatExceptionOfType(LogFailure.class)
                    .isThrownBy(log::clear)
                    .withMessageContaining("could not clear our conversation")
                    .matches(LogFailure::mayPass);
        }
    }

    @Test
    @DisplayName("fails for a mistake in a way that is not worth trying again")
    void mistake() {
        try (ConversationLog log = log(ClearReceipt.CLEARED, "")) {
            assertThatExceptionOfType(LogFailure.class)
                    .isThrownBy(log::clear)
                    .withMessageContaining("user was")
                    .matches(failure -> !failure.mayPass());
        }
    }

    private static ConversationLog log(ClearReceipt receipt) {
        return log(receipt, "alex");
    }

    private static ConversationLog log(ClearReceipt receipt, String user) {
        Colloquy colloquy = Colloquy.builder().store(new Clearing(receipt)).build();
        return new EmbeddedLog(colloquy, "onboarding", user);
    }

    /** Can do nothing but clear. */
    private record Clearing(ClearReceipt receipt) implements ConversationStore {

        @Override
        public ClearReceipt clear(ConversationId id) {
            return receipt;
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ConversationPage list(AgentId agent, PageRequest page) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StoreHealth checkHealth() {
            throw new UnsupportedOperationException();
        }
    }
}
