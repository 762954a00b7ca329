import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Run by the build after the jars are made: starts the service, makes a few requests, stops it, and lets the JVM keep
 * what it learned. From JDK 25 on that is an AOT cache, before it an archive of loaded classes. The launcher uses the one
 * that the Java it found has made; Java itself ignores one that does not fit. Without it everything works, only slower at
 * the start, so nothing that goes wrong here fails the build.
 */
public final class FastStart {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(120);
    private static final String CONVERSATION = "/v1/agents/build/users/ann/conversation";

    public static void main(String[] arguments) throws Exception {
        Path target = Path.of(arguments[0]).toAbsolutePath();
        int java = Runtime.version().feature();
        Path archive = target.resolve("colloquy-" + java + (java >= 25 ? ".aot" : ".jsa"));
        Files.deleteIfExists(archive);
        if (java < 21) {
            System.out.println("Fast start: none was made, as Java " + java + " cannot run the service");
            return;
        }
        try {
            train(target, options(java, archive));
            System.out.println("Fast start: " + (Files.exists(archive) ? archive.getFileName() : "none was made"));
        } catch (IOException failed) {
            System.out.println("Fast start: none was made, " + failed.getMessage());
        }
    }

    private static List<String> options(int java, Path archive) {
        if (java < 25) {
            return List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds*=off");
        }
        // Without profiles of methods: with them the compiler begins at once, and takes the processors that the start needs.
        return List.of(
                "-XX:AOTCacheOutput=" + archive,
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTRecordTraining",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-Xlog:aot*=off",
                "-Xlog:cds*=off");
    }

    private static void train(Path target, List<String> options) throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", target.resolve("colloquy-service.jar").toString()));
        File log = Files.createTempFile("colloquy-fast-start", ".log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().keySet().removeIf(name -> name.startsWith("COLLOQUY_") || name.startsWith("OTEL_"));
        builder.environment().remove("REDIS_URL");
        builder.environment().remove("LOGFIRE_TOKEN");
        builder.environment().put("HOST", "127.0.0.1");
        builder.environment().put("PORT", Integer.toString(port));
        Process service = builder.start();
        try {
            converse(service, "http://127.0.0.1:" + port);
            service.destroy();
            if (!service.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the service did not stop");
            }
        } finally {
            service.destroyForcibly();
            Files.deleteIfExists(log.toPath());
        }
    }

    private static void converse(Process service, String address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest.Builder read = HttpRequest.newBuilder(URI.create(address + CONVERSATION + "/messages"));
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!answers(client, read.GET().build())) {
            if (!service.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("the service did not answer");
            }
            Thread.sleep(20);
        }
        HttpRequest save = read.header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"role\":\"user\",\"content\":\"Ann\"}"))
                .build();
        HttpRequest clear = HttpRequest.newBuilder(URI.create(address + CONVERSATION)).DELETE().build();
        for (HttpRequest request : List.of(save, read.GET().build(), clear)) {
            client.send(request, BodyHandlers.discarding());
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
