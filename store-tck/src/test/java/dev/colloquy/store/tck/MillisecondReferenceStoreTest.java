package dev.colloquy.store.tck;

import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.DisplayName;

/** As most servers do. The kit may not ask for more, or it would call right stores wrong. */
@DisplayName("A store that keeps its expiry in whole milliseconds keeps the contract")
class MillisecondReferenceStoreTest extends ConversationStoreContract {

    @Override
    protected StoreHarness createHarness() {
        return new ReferenceHarness(
                clock -> new ReferenceStore(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }
}
