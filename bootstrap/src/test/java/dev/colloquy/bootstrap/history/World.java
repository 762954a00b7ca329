package dev.colloquy.bootstrap.history;

import dev.colloquy.adapter.redis.testing.FaultyProxy;
import dev.colloquy.adapter.redis.testing.Leftovers;
import dev.colloquy.adapter.redis.testing.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One Redis that keeps its data on disk, and service processes, each behind a proxy and with an outbox of its own. */
final class World implements AutoCloseable {

    private final Path directory;
    private final RedisServer redis;
    private final List<FaultyProxy> proxies = new ArrayList<>();
    private final List<ServiceProcess> services = new ArrayList<>();

    private World(Path directory, RedisServer redis) {
        this.directory = directory;
        this.redis = redis;
    }

    /** Starts all of it; returns when every process answers. */
    static World start(int processes) {
        try {
            World world = new World(
                    Leftovers.directory("colloquy-history"),
                    RedisServer.builder().persistent().start());
            try {
                for (int process = 0; process < processes; process++) {
                    FaultyProxy proxy = FaultyProxy.before(world.redis.port());
                    world.proxies.add(proxy);
                    world.services.add(ServiceProcess.start(
                            world.directory.resolve("service-" + process),
                            Map.of(
                                    "REDIS_URL", proxy.url(),
                                    "COLLOQUY_REDIS_ATTEMPT_TIMEOUT", "300ms",
                                    "COLLOQUY_REDIS_DEADLINE", "1s")));
                }
                world.services.forEach(ServiceProcess::awaitUp);
                return world;
            } catch (RuntimeException failed) {
                world.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    RedisServer redis() {
        return redis;
    }

    /** What stands between each process and Redis. */
    List<FaultyProxy> proxies() {
        return proxies;
    }

    List<ServiceProcess> services() {
        return services;
    }

    @Override
    public void close() {
        services.forEach(ServiceProcess::close);
        proxies.forEach(FaultyProxy::close);
        redis.close();
        try {
            Leftovers.delete(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
