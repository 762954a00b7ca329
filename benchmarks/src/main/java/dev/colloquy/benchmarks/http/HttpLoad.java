package dev.colloquy.benchmarks.http;

import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.server.Programs;
import dev.colloquy.benchmarks.workload.Settings;

/** Something that sends requests as fast as they are answered. */
interface HttpLoad {

    /** Saves a message again and again, in the conversation of any user. */
    Sample post(int port, String body) throws Exception;

    /** Reads again and again, the conversation of any user. */
    Sample get(int port, String query) throws Exception;

    /** {@code wrk} where it is installed: it takes the least from what it measures. Otherwise the JDK's client. */
    static HttpLoad best(Settings settings, int conversations) {
        return Programs.find("wrk")
                .<HttpLoad>map(program -> new Wrk(program, settings, conversations))
                .orElseGet(() -> new JdkLoad(settings, conversations));
    }
}
