package dev.colloquy.adapter.redis.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * What does not outlive this JVM, also when it is interrupted: processes, then directories. Safe for any number of threads.
 */
public final class Leftovers {

    private static final Set<Process> PROCESSES = ConcurrentHashMap.newKeySet();
    private static final Set<Path> DIRECTORIES = ConcurrentHashMap.newKeySet();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::remove, "remove-leftovers"));
    }

    private Leftovers() {}

    /**
     * Starts a process that is killed when this JVM ends, if it still runs then. Does not return when this JVM is ending:
     * its threads go on until the last of its hooks is through, and have nothing left to do.
     *
     * @throws IllegalStateException if this JVM is ending and the thread is interrupted
     */
    public static Process start(ProcessBuilder builder) throws IOException {
        synchronized (Leftovers.class) {
            if (!ending) {
                Process process = builder.start();
                PROCESSES.removeIf(ended -> !ended.isAlive());
                PROCESSES.add(process);
                return process;
            }
        }
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("this JVM is ending");
    }

    /** A new temporary directory that is deleted when this JVM ends, if it is still there then. */
    public static Path directory(String prefix) throws IOException {
        Path directory = Files.createTempDirectory(prefix);
        DIRECTORIES.add(directory);
        return directory;
    }

    /** Deletes a directory with all that is in it, if it is there. */
    public static synchronized void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
        DIRECTORIES.remove(directory);
    }

    private static synchronized void remove() {
        ending = true;
        PROCESSES.forEach(Process::destroyForcibly);
        PROCESSES.forEach(process -> process.onExit().join());
        for (Path directory : DIRECTORIES) {
            try {
                delete(directory);
            } catch (IOException left) {
                System.err.println("left behind: " + left.getMessage());
            }
        }
    }
}
