package dev.colloquy.adapter.redis.testing;

import java.io.IOException;
import java.util.List;

/** Where Redis servers of the tests run: this computer, or a container on it. One for the whole JVM. */
interface RedisMachine {

    /** What is used, for the line that the tests print. */
    String description();

    /** The address that servers bind to so that this JVM reaches them at 127.0.0.1. */
    String bindAddress();

    /** A port that nobody listens on at the moment. */
    int freePort() throws IOException;

    /** A new, empty directory. */
    String newDirectory() throws IOException;

    /** Writes a file that servers of this machine can read and write. */
    void write(String path, byte[] content) throws IOException;

    /** Starts a server; it writes its log to {@code redis.log} in the directory. */
    Running start(String directory, List<String> arguments) throws IOException;

    /** What a server has logged. */
    String log(String directory) throws IOException;

    /** Removes what a stopped server left. */
    void delete(String directory) throws IOException;

    /** A started server. */
    interface Running {

        /** Sends a signal: KILL, STOP, CONT, TERM. */
        void signal(String name) throws IOException;

        boolean isAlive() throws IOException;
    }

    /** The machine of this JVM; the first call prints which kind it is. */
    static RedisMachine get() {
        return Machines.INSTANCE;
    }
}
