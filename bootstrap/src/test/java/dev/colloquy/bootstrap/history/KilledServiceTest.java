package dev.colloquy.bootstrap.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A service process with a journal")
class KilledServiceTest {

    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final List<Entry> saved = new ArrayList<>();

    @Test
    @DisplayName("that is killed in an outage of Redis, after 1,000 saves, has all of them, once, in order")
    void killedInAnOutage() throws Exception {
        try (World world = World.start(1)) {
            ServiceProcess service = world.services().getFirst();
            world.redis().kill();
            save(service, 1000);
            service.kill();
            world.redis().restart();
            service.restart();
            service.awaitUp();
            expectAllOnceInOrder(service);
        }
    }

    @Test
    @DisplayName("that is asked to end in an outage keeps what waits for its next start")
    void endedInAnOutage() throws Exception {
        try (World world = World.start(1)) {
            ServiceProcess service = world.services().getFirst();
            world.redis().pause();
            save(service, 50);
            service.terminate();
            service.restart();
            service.awaitUp();
            save(service, 50);
            world.redis().resume();
            expectAllOnceInOrder(service);
        }
    }

    private void save(ServiceProcess service, int count) {
        for (int i = 0; i < count; i++) {
            String name = "message-" + saved.size();
            assertThat(service.endpoint().append("killed", List.of(Endpoint.Said.as(name))))
                    .isEqualTo(Outcome.accepted());
            saved.add(new Entry(saved.size() + 1L, name));
        }
    }

    private void expectAllOnceInOrder(ServiceProcess service) throws InterruptedException {
        long giveUp = System.nanoTime() + DEADLINE_NANOS;
        while (!service.endpoint().state().equals("ready")) {
            assertThat(System.nanoTime()).as("time to recover").isLessThan(giveUp);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        Endpoint.Sight sight = service.endpoint().read("killed").orElseThrow();
        assertThat(sight.live()).isTrue();
        assertThat(sight.entries()).containsExactlyElementsOf(saved);
    }
}
