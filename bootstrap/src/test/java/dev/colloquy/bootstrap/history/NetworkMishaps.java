package dev.colloquy.bootstrap.history;

import dev.colloquy.adapter.redis.testing.Fault;
import dev.colloquy.adapter.redis.testing.FaultyProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What can happen between a service process and Redis: to one process alone, so that the other one goes on. */
final class NetworkMishaps {

    /** Text that occurs in every request for a conversation. */
    private static final String ANY_CONVERSATION = "history:";

    private NetworkMishaps() {}

    static List<Mishap> all() {
        return List.of(
                lasting("slow requests", (proxy, random) -> proxy.delayRequests(aroundTheTimeout(random))),
                lasting("slow replies", (proxy, random) -> proxy.delayReplies(aroundTheTimeout(random))),
                lasting("black hole", (proxy, random) -> proxy.blackHole()),
                lasting("refused", (proxy, random) -> {
                    proxy.refuse();
                    proxy.reset();
                }),
                new Mishap("resets", (world, stay, random) -> {
                    FaultyProxy proxy = any(world, random);
                    for (int i = 0; i < 8; i++) {
                        proxy.reset();
                        stay.millis(20, 250);
                    }
                }),
                striking("cut requests", (proxy, random) -> proxy.cutNextRequest(ANY_CONVERSATION, random.nextInt(60))),
                striking("cut replies", (proxy, random) -> proxy.cutNextReply(ANY_CONVERSATION, random.nextInt(12))),
                striking("lost replies", (proxy, random) -> proxy.swallowNextReply(ANY_CONVERSATION)),
                striking("late replies", (proxy, random) -> proxy.holdNextReply(ANY_CONVERSATION)));
    }

    private interface Trouble {
        void start(FaultyProxy proxy, RandomGenerator random);
    }

    private interface Strike {
        Fault arm(FaultyProxy proxy, RandomGenerator random);
    }

    private static Mishap lasting(String name, Trouble trouble) {
        return new Mishap(name, (world, stay, random) -> {
            FaultyProxy proxy = any(world, random);
            trouble.start(proxy, random);
            try {
                stay.millis(300, 3000);
            } finally {
                proxy.heal();
            }
        });
    }

    /** Some requests in a row, each of which meets a fault of its own. */
    private static Mishap striking(String name, Strike strike) {
        return new Mishap(name, (world, stay, random) -> {
            FaultyProxy proxy = any(world, random);
            List<Fault> faults = new ArrayList<>();
            try {
                for (int i = 0; i < 6; i++) {
                    faults.add(strike.arm(proxy, random));
                    stay.millis(20, 300);
                }
            } finally {
                proxy.heal();
                faults.forEach(Fault::release);
            }
        });
    }

    private static FaultyProxy any(World world, RandomGenerator random) {
        return world.proxies().get(random.nextInt(world.proxies().size()));
    }

    private static Duration aroundTheTimeout(RandomGenerator random) {
        return Duration.ofMillis(random.nextInt(150, 500));
    }
}
