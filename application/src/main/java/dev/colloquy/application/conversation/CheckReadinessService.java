package dev.colloquy.application.conversation;

import dev.colloquy.domain.port.in.CheckReadinessUseCase;
import dev.colloquy.domain.port.in.Readiness;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;

/** Asks the store and says what that means for callers. */
record CheckReadinessService(ConversationStore store) implements CheckReadinessUseCase {

    @Override
    public Readiness checkReadiness() {
        StoreHealth health = store.checkHealth();
        Readiness.State state = switch (health.status()) {
            case LIVE -> Readiness.State.READY;
            case DEGRADED -> Readiness.State.DEGRADED;
            case UNAVAILABLE, REFUSED -> Readiness.State.UNAVAILABLE;
        };
        return new Readiness(state, health.detail());
    }
}
