package dev.colloquy.benchmarks.process;

import dev.colloquy.benchmarks.contestant.Lineup;
import dev.colloquy.benchmarks.workload.Player;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Several contestants, each in a JVM of its own. Stopped by {@link #close}. */
public final class OwnJvms implements AutoCloseable {

    private final Map<Lineup, OwnJvm> jvms = new EnumMap<>(Lineup.class);

    private OwnJvms() {}

    /**
     * Starts them.
     *
     * @param port where the Redis is
     */
    public static OwnJvms of(List<Lineup> contestants, int port) throws IOException {
        OwnJvms all = new OwnJvms();
        try {
            for (Lineup contestant : contestants) {
                all.jvms.put(contestant, OwnJvm.of(contestant, port));
            }
            return all;
        } catch (IOException failed) {
            all.close();
            throw failed;
        }
    }

    /** All of them. */
    public List<Player> all() {
        return List.copyOf(jvms.values());
    }

    /**
     * One of them.
     *
     * @throws NullPointerException if it was not started
     */
    public Player get(Lineup contestant) {
        return Objects.requireNonNull(jvms.get(contestant), contestant::name);
    }

    /** Some of them. */
    public List<Player> get(List<Lineup> contestants) {
        return contestants.stream().map(this::get).toList();
    }

    @Override
    public void close() {
        jvms.values().forEach(OwnJvm::close);
    }
}
