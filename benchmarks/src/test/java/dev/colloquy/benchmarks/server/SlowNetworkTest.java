package dev.colloquy.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

@DisplayName("The slow network")
class SlowNetworkTest {

    @Test
    @DisplayName("gives every question its round trip, and answers that follow each other at once only one")
    void roundTrip() throws Exception {
        Duration roundTrip = Duration.ofMillis(40);
        try (RedisServer server = RedisServer.start();
                SlowNetwork network = SlowNetwork.to(server.port(), roundTrip);
                Jedis redis = new Jedis("127.0.0.1", network.port())) {
            redis.ping();
            long began = System.nanoTime();
            redis.ping();
            long one = System.nanoTime() - began;
            var pipeline = redis.pipelined();
            for (int i = 0; i < 1000; i++) {
                pipeline.exists("nothing");
            }
            began = System.nanoTime();
            pipeline.sync();
            long thousand = System.nanoTime() - began;

            assertThat(Duration.ofNanos(one)).isGreaterThanOrEqualTo(roundTrip);
            // A thousand of them one after another would take 40 s.
            assertThat(Duration.ofNanos(thousand)).isBetween(roundTrip, Duration.ofSeconds(10));
        }
    }
}
