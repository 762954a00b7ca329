package dev.colloquy.benchmarks.http;

import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.workload.Settings;
import java.util.concurrent.ExecutionException;

/** Load from the JDK's own client. */
record JdkLoad(Settings settings, int conversations) implements HttpLoad {

    @Override
    public Sample post(int port, String body) throws InterruptedException, ExecutionException {
        Requests requests = new Requests(port);
        return settings.load(HttpWorkloads.CONNECTIONS)
                .run((caller, random) -> requests.save(random.nextInt(conversations), body));
    }

    @Override
    public Sample get(int port, String query) throws InterruptedException, ExecutionException {
        Requests requests = new Requests(port);
        return settings.load(HttpWorkloads.CONNECTIONS)
                .run((caller, random) -> requests.read(random.nextInt(conversations), query));
    }
}
