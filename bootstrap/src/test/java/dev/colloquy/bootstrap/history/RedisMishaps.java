package dev.colloquy.bootstrap.history;

import dev.colloquy.adapter.redis.testing.FaultyProxy;
import dev.colloquy.adapter.redis.testing.RawRedis;
import java.util.List;

/** What can happen to Redis itself. */
final class RedisMishaps {

    private RedisMishaps() {}

    static List<Mishap> all() {
        return List.of(
                new Mishap("Redis killed", (world, stay, random) -> {
                    world.redis().kill();
                    stay.millis(200, 2500);
                    world.redis().restart();
                }),
                new Mishap("Redis stopped", (world, stay, random) -> {
                    world.redis().pause();
                    try {
                        // Longer than the deadline of the services.
                        stay.millis(1200, 3500);
                    } finally {
                        world.redis().resume();
                    }
                }),
                new Mishap("Redis hiccup", (world, stay, random) -> {
                    world.redis().pause();
                    try {
                        // About as long as one attempt may take.
                        stay.millis(200, 500);
                    } finally {
                        world.redis().resume();
                    }
                }),
                new Mishap("scripts flushed", (world, stay, random) -> {
                    for (int i = 0; i < 5; i++) {
                        world.redis().call("SCRIPT", "FLUSH");
                        stay.millis(20, 100);
                    }
                }),
                configured("memory full", "maxmemory", "1", "0", false),
                configured("password changed", "requirepass", "secret", "", true),
                configured("too many clients", "maxclients", "1", "10000", true),
                new Mishap("read-only replica", (world, stay, random) -> {
                    try (RawRedis redis = world.redis().connect()) {
                        // A master that does not exist, so that the data stays as it is.
                        redis.call("REPLICAOF", "127.0.0.1", "1");
                        try {
                            stay.millis(300, 2000);
                        } finally {
                            redis.call("REPLICAOF", "NO", "ONE");
                        }
                    }
                }));
    }

    /** A setting that makes Redis refuse; the connection that sets it right again stays open meanwhile. */
    private static Mishap configured(String name, String setting, String bad, String good, boolean reconnect) {
        return new Mishap(name, (world, stay, random) -> {
            try (RawRedis redis = world.redis().connect()) {
                redis.call("CONFIG", "SET", setting, bad);
                try {
                    if (reconnect) {
                        world.proxies().forEach(FaultyProxy::reset);
                    }
                    stay.millis(300, 2000);
                } finally {
                    redis.call("CONFIG", "SET", setting, good);
                }
            }
        });
    }
}
