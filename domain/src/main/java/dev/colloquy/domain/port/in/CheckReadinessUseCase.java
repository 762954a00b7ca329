package dev.colloquy.domain.port.in;

/** Says whether the service can do its work. */
@FunctionalInterface
public interface CheckReadinessUseCase {

    /** Asks the store, within a bounded time. Never throws. */
    Readiness checkReadiness();
}
