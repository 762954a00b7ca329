package dev.colloquy.bootstrap.history;

import java.util.List;
import java.util.random.RandomGenerator;

/** What can happen to the service itself. */
final class ServiceMishaps {

    private ServiceMishaps() {}

    static List<Mishap> all() {
        return List.of(
                new Mishap("service killed", (world, stay, random) -> {
                    ServiceProcess service = any(world, random);
                    service.kill();
                    stay.millis(0, 500);
                    service.restart();
                    service.awaitUp();
                }),
                new Mishap("service killed in an outage", (world, stay, random) -> {
                    ServiceProcess service = any(world, random);
                    world.redis().kill();
                    try {
                        stay.millis(500, 1500);
                        service.kill();
                        service.restart();
                        service.awaitUp();
                        stay.millis(0, 500);
                    } finally {
                        world.redis().restart();
                    }
                }),
                new Mishap("service ended in an outage", (world, stay, random) -> {
                    ServiceProcess service = any(world, random);
                    world.redis().pause();
                    try {
                        stay.millis(500, 1500);
                        service.terminate();
                        service.restart();
                        service.awaitUp();
                    } finally {
                        world.redis().resume();
                    }
                }),
                new Mishap("service stopped", (world, stay, random) -> {
                    ServiceProcess service = any(world, random);
                    service.pause();
                    try {
                        stay.millis(300, 2500);
                    } finally {
                        service.resume();
                    }
                }));
    }

    private static ServiceProcess any(World world, RandomGenerator random) {
        return world.services().get(random.nextInt(world.services().size()));
    }
}
