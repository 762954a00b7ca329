package dev.colloquy.bootstrap;

import dev.colloquy.domain.port.out.ConversationStore;

/**
 * A store that is in use.
 *
 * @param store the store, with whatever is wrapped around it
 * @param description what it is and where, for the start line, without credentials
 * @param ending what ends its use; bounded in time
 */
record OpenStore(ConversationStore store, String description, Runnable ending) implements AutoCloseable {

    /** The same, with more to do when its use ends, also if that fails. */
    OpenStore andThen(Runnable more) {
        return new OpenStore(store, description, () -> {
            try {
                ending.run();
            } finally {
                more.run();
            }
        });
    }

    @Override
    public void close() {
        ending.run();
    }
}
