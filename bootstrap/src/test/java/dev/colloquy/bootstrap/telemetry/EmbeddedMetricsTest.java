package dev.colloquy.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.colloquy.adapter.memory.MemoryConversationStore;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.bootstrap.Colloquy;
import dev.colloquy.bootstrap.ColloquyBuilder;
import dev.colloquy.domain.conversation.Role;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

@DisplayName("The metrics of a program that embeds Colloquy")
class EmbeddedMetricsTest {

    private final SimpleMeterRegistry program = new SimpleMeterRegistry();

    @AfterEach
    void leave() {
        Metrics.removeRegistry(program);
        program.close();
    }

    @Test
    @DisplayName("have Colloquy's among them, whether Micrometer knew the program's registry before or not")
    void beforeAndAfter() {
        Metrics.addRegistry(program);
        SimpleMeterRegistry late = new SimpleMeterRegistry();
        try (Colloquy colloquy = Colloquy.fromEnvironment(Map.of())) {
            save(colloquy);
            Metrics.addRegistry(late);
            save(colloquy);

            assertThat(saved(program)).isEqualTo(2);
            assertThat(saved(late)).isEqualTo(1);
        } finally {
            Metrics.removeRegistry(late);
        }
    }

    @Test
    @DisplayName(
            "have them in the registries behind Micrometer's global one, whose own filters do not apply, but not in it")
    void behindTheGlobalOne() {
        program.config().commonTags("program", "shop");
        Metrics.addRegistry(program);
        try (Colloquy colloquy = Colloquy.fromEnvironment(Map.of())) {
            save(colloquy);

            assertThat(program.get("db.client.operation.duration")
                            .tag("program", "shop")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(Metrics.globalRegistry
                            .find("db.client.operation.duration")
                            .timer())
                    .isNull();
        }
    }

    @Test
    @DisplayName("have them without a setting too, and those of Redis")
    void builtInCode() {
        Metrics.addRegistry(program);
        try (RedisServer server = RedisServer.start()) {
            Config config = new Config();
            config.useSingleServer().setAddress(server.url());
            RedissonClient client = Redisson.create(config);
            try (Colloquy colloquy = Colloquy.builder().redisson(client).build()) {
                save(colloquy);

                assertThat(saved(program)).isEqualTo(1);
                assertThat(program.get("colloquy.outbox.messages").gauge().value())
                        .isZero();
                assertThat(program.get("colloquy.redis.pipeline.calls")
                                .summary()
                                .count())
                        .isPositive();
            } finally {
                client.shutdown();
            }
        }
    }

    @Test
    @DisplayName("have them for a store of the program's own, which stays open")
    void ownStore() {
        Metrics.addRegistry(program);
        MemoryConversationStore store = MemoryConversationStore.create();
        try (Colloquy colloquy = Colloquy.builder().store(store).build()) {
            save(colloquy);

            assertThat(saved(program)).isEqualTo(1);
            assertThat(program.get("db.client.operation.duration")
                            .tag("db.system.name", "custom")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
        assertThat(program.getMeters()).isEmpty();
    }

    @Test
    @DisplayName("are none about the Java machine: the program has its own")
    void javaMachine() {
        Metrics.addRegistry(program);
        try (Colloquy colloquy = Colloquy.fromEnvironment(Map.of())) {
            save(colloquy);

            assertThat(program.getMeters())
                    .extracting(meter -> meter.getId().getName())
                    .isNotEmpty()
                    .noneMatch(name -> name.startsWith("jvm.") || name.startsWith("process."));
        }
    }

    @Test
    @DisplayName("keep none of Colloquy's when it is closed, and the program's own go on")
    void closed() {
        Metrics.addRegistry(program);
        program.counter("own").increment();
        try (Colloquy colloquy = Colloquy.fromEnvironment(Map.of())) {
            save(colloquy);
        }

        assertThat(program.isClosed()).isFalse();
        assertThat(Metrics.globalRegistry.getRegistries()).contains(program);
        assertThat(program.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .containsExactly("own");
    }

    @Test
    @DisplayName("are sent with what was counted up to the close")
    void lastOnes() throws IOException {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            try (Colloquy colloquy = Colloquy.fromEnvironment(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url()))) {
                save(colloquy);
            }
            assertThat(receiver.metrics())
                    .filteredOn(metric -> metric.getName().equals("db.client.operation.duration"))
                    .anySatisfy(metric -> assertThat(
                                    metric.getHistogram().getDataPoints(0).getCount())
                            .isEqualTo(1));
        }
    }

    @Test
    @DisplayName("are sent and taken back before the close is over also on an interrupted thread, which stays so")
    void closedByAnInterruptedThread() throws IOException {
        Metrics.addRegistry(program);
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            Colloquy colloquy = Colloquy.fromEnvironment(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url()));
            save(colloquy);
            Thread.currentThread().interrupt();
            colloquy.close();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(program.getMeters()).isEmpty();
            assertThat(receiver.metrics()).isNotEmpty();
            assertThat(receiver.spans()).isNotEmpty();
        }
    }

    @Test
    @DisplayName("keep none of Colloquy's that does not start, as its client is not one that Redisson made")
    void notStarted() {
        Metrics.addRegistry(program);
        RedissonClient notByRedisson = (RedissonClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RedissonClient.class}, (proxy, method, arguments) -> null);
        ColloquyBuilder builder = Colloquy.builder().redisson(notByRedisson);

        assertThatIllegalArgumentException().isThrownBy(builder::build);
        assertThat(program.getMeters()).isEmpty();
    }

    @Test
    @Timeout(60)
    @DisplayName("keep none of what a call under way counts for the first time while they are taken back")
    void countedWhileClosing() throws InterruptedException {
        MetricsRegistry registry =
                MetricsRegistry.ofProgram(TelemetrySettings.LOCAL, new ExportTrouble(System::nanoTime));
        registry.registry().counter("first").increment();
        Metrics.addRegistry(program);
        Thread closer = Thread.currentThread();
        CountDownLatch isCounting = new CountDownLatch(1);
        program.config().onMeterAdded(meter -> {
            isCounting.countDown();
            while (closer.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
        });
        Thread call = Thread.ofPlatform()
                .daemon()
                .start(() -> registry.registry().counter("late").increment());
        isCounting.await();
        registry.close();
        call.join();

        assertThat(program.getMeters()).isEmpty();
    }

    @Test
    @DisplayName("keep none of them either if the last ones cannot be sent")
    void closedWhileSending() throws IOException {
        Metrics.addRegistry(program);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + silent.getLocalPort(),
                    "OTEL_TRACES_EXPORTER", "none",
                    "OTEL_LOGS_EXPORTER", "none");
            try (Colloquy colloquy = Colloquy.fromEnvironment(settings)) {
                save(colloquy);
            }
            assertThat(program.getMeters()).isEmpty();
        }
    }

    private static void save(Colloquy colloquy) {
        colloquy.agent("onboarding").saveMessage("alex", Role.USER, "Alex");
    }

    private static long saved(SimpleMeterRegistry registry) {
        return registry.get("db.client.operation.duration")
                .tag("db.operation.name", "append")
                .timer()
                .count();
    }
}
