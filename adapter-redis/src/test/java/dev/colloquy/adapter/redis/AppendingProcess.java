package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.save;

import dev.colloquy.domain.conversation.ConversationId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process of its own that appends from several threads; see {@link ProcessesTest}. */
final class AppendingProcess {

    private AppendingProcess() {}

    /** Starts one that writes as many messages into each conversation from each thread. */
    static Process start(String url, String name, int threads, int conversations, int messages) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        url,
                        name,
                        Integer.toString(threads),
                        Integer.toString(conversations),
                        Integer.toString(messages))
                .inheritIO()
                .start();
    }

    /** Appends; ends with 0 if every append was acknowledged. */
    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[2]);
        int conversations = Integer.parseInt(arguments[3]);
        int messages = Integer.parseInt(arguments[4]);
        try (RedisConversationStore store =
                        RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(arguments[0])));
                ExecutorService callers = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String prefix = arguments[1] + "." + thread + ".";
                all.add(callers.submit(() -> {
                    for (int i = 0; i < messages; i++) {
                        for (int c = 0; c < conversations; c++) {
                            save(store, ConversationId.of("onboarding", "user" + c), prefix + (100_000 + i));
                        }
                    }
                }));
            }
            for (Future<?> caller : all) {
                caller.get();
            }
        }
        System.exit(0);
    }
}
