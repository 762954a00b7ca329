package dev.colloquy.bootstrap;

import dev.colloquy.adapter.memory.EvictionListener;
import dev.colloquy.adapter.memory.MemoryConversationStore;
import dev.colloquy.bootstrap.settings.Settings;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store that the settings choose. */
final class Stores {

    private static final Logger LOG = LoggerFactory.getLogger("dev.colloquy.Service");
    private static final int MIB = 1 << 20;

    private Stores() {}

    /** The store of the settings. */
    static OpenStore open(Settings settings, InstantSource clock) {
        if (settings.redis().isPresent()) {
            throw new UnsupportedOperationException("the store in Redis is not there yet");
        }
        return memory(settings.memoryLimit(), clock);
    }

    /** The memory of this process, up to half of its heap. */
    static OpenStore memory(InstantSource clock) {
        return memory(Runtime.getRuntime().maxMemory() / 2, clock);
    }

    private static OpenStore memory(long maxBytes, InstantSource clock) {
        MemoryConversationStore store =
                new MemoryConversationStore(clock, System::nanoTime, maxBytes, firstEvictionToLog(maxBytes));
        return new OpenStore(store, "memory, at most " + maxBytes / MIB + " MiB", () -> {});
    }

    /** One line when it begins: later ones would say the same, and there may be very many. */
    private static EvictionListener firstEvictionToLog(long maxBytes) {
        AtomicBoolean logged = new AtomicBoolean();
        return reason -> {
            if (reason == EvictionListener.Reason.SIZE && logged.compareAndSet(false, true)) {
                LOG.warn(
                        "conversations take more than {} MiB of memory: from now on those used least are dropped"
                                + " (COLLOQUY_MEMORY_LIMIT)",
                        maxBytes / MIB);
            }
        };
    }
}
