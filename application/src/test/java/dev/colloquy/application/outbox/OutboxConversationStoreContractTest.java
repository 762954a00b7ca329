package dev.colloquy.application.outbox;

import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.store.tck.ConversationStoreContract;
import dev.colloquy.store.tck.StoreHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The decorator with an outbox keeps the contract")
class OutboxConversationStoreContractTest extends ConversationStoreContract {

    @Override
    protected StoreHarness createHarness() {
        return new OutboxHarness();
    }

    private static final class OutboxHarness implements StoreHarness {

        private final Fixture fixture = new Fixture();
        private final OutboxConversationStore store = OutboxConversationStore.over(
                fixture.store,
                OutboxJournal.none(),
                OutboxSettings.DEFAULT.probingEvery(Duration.ofMillis(10)),
                fixture);

        @Override
        public ConversationStore store() {
            return store;
        }

        @Override
        public Instant now() {
            return fixture.instant();
        }

        @Override
        public void passTime(Duration duration) {
            fixture.pass(duration);
        }

        @Override
        public Optional<Outage> outage() {
            return Optional.of(new Outage() {
                @Override
                public void begin() {
                    fixture.down();
                }

                @Override
                public void end() {
                    fixture.up();
                }
            });
        }

        @Override
        public Optional<Corruption> corruption() {
            return Optional.empty();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
