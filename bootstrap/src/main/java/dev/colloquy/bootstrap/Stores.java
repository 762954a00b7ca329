package dev.colloquy.bootstrap;

import dev.colloquy.adapter.memory.EvictionListener;
import dev.colloquy.adapter.memory.MemoryConversationStore;
import dev.colloquy.bootstrap.settings.Settings;
import dev.colloquy.bootstrap.telemetry.Meters;
import dev.colloquy.bootstrap.telemetry.Telemetry;
import dev.colloquy.domain.port.out.ConversationStore;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store that the settings choose. */
final class Stores {

    private static final Logger LOG = LoggerFactory.getLogger("dev.colloquy.Service");
    private static final int MIB = 1 << 20;

    private Stores() {}

    /**
     * The store of the settings, observed.
     *
     * @param telemetry closed if the store cannot be opened
     */
    static OpenStore open(Settings settings, InstantSource clock, Telemetry telemetry) {
        return orClosed(telemetry, () -> choose(settings, clock, telemetry));
    }

    /** What is opened. If it cannot be, the telemetry is closed, whose meters would stay with the program for ever. */
    static OpenStore orClosed(Telemetry telemetry, Supplier<OpenStore> opening) {
        try {
            return opening.get();
        } catch (RuntimeException failed) {
            telemetry.close();
            throw failed;
        }
    }

    private static OpenStore choose(Settings settings, InstantSource clock, Telemetry telemetry) {
        if (settings.redis().isPresent()) {
            return RedisStores.open(settings, settings.redis().get(), clock, telemetry);
        }
        if (settings.outbox().directory().isPresent()) {
            LOG.warn(
                    "COLLOQUY_OUTBOX_DIR is not used: it is for outages of Redis, and conversations are kept in memory,"
                            + " which a restart empties");
        }
        return memory(settings.memoryLimit(), clock, telemetry);
    }

    /** A store of the program's own, observed; the program closes it. */
    static OpenStore own(ConversationStore store, Telemetry telemetry) {
        return new OpenStore(
                telemetry.observe(store, "custom"), store.getClass().getSimpleName(), () -> {});
    }

    /** The memory of this process, up to half of its heap, observed. */
    static OpenStore memory(InstantSource clock, Telemetry telemetry) {
        return memory(Runtime.getRuntime().maxMemory() / 2, clock, telemetry);
    }

    private static OpenStore memory(long maxBytes, InstantSource clock, Telemetry telemetry) {
        EvictionListener toLog = firstEvictionToLog(maxBytes);
        AtomicLong evicted = new AtomicLong();
        AtomicLong expired = new AtomicLong();
        MemoryConversationStore store = new MemoryConversationStore(clock, System::nanoTime, maxBytes, reason -> {
            toLog.onEviction(reason);
            (reason == EvictionListener.Reason.SIZE ? evicted : expired).incrementAndGet();
        });
        Meters meters = telemetry.meters();
        meters.counter("colloquy.memory.evicted", "Conversations dropped because memory was full.", evicted::get);
        meters.counter("colloquy.memory.expired", "Conversations removed after their retention.", expired::get);
        return new OpenStore(
                telemetry.observe(store, "memory"), "memory, at most " + maxBytes / MIB + " MiB", () -> {});
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
