package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.colloquy.domain.conversation.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What holds for the whole service over HTTP, whichever store the settings choose. */
abstract class EndToEndContract {

    private static final int CLIENTS = 64;
    private static final int MESSAGES_EACH = 200;

    private Service service;
    private Client client;

    /** What chooses the store; the port is added. */
    abstract Map<String, String> environment();

    @BeforeEach
    final void start() {
        service = Service.start(environmentWithPort());
        client = new Client(service.port());
    }

    @AfterEach
    final void stop() {
        client.close();
        service.close();
    }

    /** Stops the service and starts another one with the same settings. */
    final void restart() {
        stop();
        start();
    }

    final Client client() {
        return client;
    }

    static List<String> contents(JsonNode messages) {
        List<String> contents = new ArrayList<>();
        messages.forEach(message -> contents.add(message.get("content").asText()));
        return contents;
    }

    private Map<String, String> environmentWithPort() {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("PORT", "0");
        return environment;
    }

    @Test
    @DisplayName("a conversation is saved and read back in order")
    void saveAndRead() {
        assertThat(client.save("onboarding", "alex", "agent", "What's your name?"))
                .isEqualTo(201);
        assertThat(client.save("onboarding", "alex", "user", "Alex")).isEqualTo(201);

        JsonNode messages = client.messages("onboarding", "alex");

        assertThat(contents(messages)).containsExactly("What's your name?", "Alex");
        assertThat(messages.findValuesAsText("role")).containsExactly("agent", "user");
        assertThat(messages.findValuesAsText("seq")).containsExactly("1", "2");
    }

    @Test
    @DisplayName("a cleared conversation is empty and starts again at 1")
    void clear() {
        client.save("onboarding", "kim", "user", "Kim");

        assertThat(client.clear("onboarding", "kim")).isEqualTo(204);
        assertThat(client.messages("onboarding", "kim")).isEmpty();

        client.save("onboarding", "kim", "user", "Kim again");
        assertThat(client.messages("onboarding", "kim").findValuesAsText("seq")).containsExactly("1");
    }

    @Test
    @DisplayName("an entity tag is the same from a save, its repeat and a read, and another one after a clear")
    void entityTag() {
        String batch = "{\"messages\":[{\"id\":\"t1\",\"role\":\"agent\",\"content\":\"A\"},"
                + "{\"id\":\"t2\",\"role\":\"user\",\"content\":\"yes\",\"metadata\":{\"b\":\"1\",\"a\":\"é\"}}]}";
        String tag = client.tagOfSaving("onboarding", "ida", batch);

        assertThat(client.tagOfSaving("onboarding", "ida", batch)).isEqualTo(tag);
        for (String range : List.of("", "?last=1", "?after=1&limit=1")) {
            assertThat(client.tag("onboarding", "ida", range)).isEqualTo(tag);
            assertThat(client.isUnchanged("onboarding", "ida", range, tag)).isTrue();
        }

        client.clear("onboarding", "ida");
        assertThat(client.tagOfSaving("onboarding", "ida", batch.replace("\"A\"", "\"B\"")))
                .isNotEqualTo(tag);
        assertThat(client.isUnchanged("onboarding", "ida", "", tag)).isFalse();
        client.clear("onboarding", "ida");
    }

    @Test
    @DisplayName("the service is ready")
    void ready() {
        assertThat(client.ready()).isEqualTo(200);
    }

    @Test
    @DisplayName("an embedded agent does what HTTP does")
    void embedded() {
        try (Colloquy colloquy = Colloquy.fromEnvironment(environment())) {
            Agent agent = colloquy.agent("embedded");
            agent.saveMessage("ann", Role.AGENT, "What's your name?");
            agent.saveMessage("ann", Role.USER, "Ann");
            assertThat(agent.getConversation("ann").messages())
                    .extracting(message -> message.message().content())
                    .containsExactly("What's your name?", "Ann");
            agent.clearConversation("ann");
            assertThat(agent.getConversation("ann").isEmpty()).isTrue();
        }
    }

    @Test
    @DisplayName("64 clients append 200 messages each: none lost, none doubled, each client's order kept")
    void manyClients() throws Exception {
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < CLIENTS; number++) {
                String name = number + "/";
                clients.add(threads.submit(() -> {
                    for (int i = 0; i < MESSAGES_EACH; i++) {
                        assertThat(client.save("busy", "crowd", "user", name + i))
                                .isEqualTo(201);
                    }
                }));
            }
        }
        for (Future<?> each : clients) {
            each.get();
        }

        JsonNode messages = client.messages("busy", "crowd");

        assertThat(messages).hasSize(CLIENTS * MESSAGES_EACH);
        Map<String, Integer> next = new HashMap<>();
        long sequence = 0;
        for (JsonNode message : messages) {
            assertThat(message.get("seq").asLong()).isEqualTo(++sequence);
            String[] said = message.get("content").asText().split("/", 2);
            assertThat(Integer.parseInt(said[1]))
                    .as("next of client %s", said[0])
                    .isEqualTo(next.merge(said[0], 1, Integer::sum) - 1);
        }
        client.clear("busy", "crowd");
    }
}
