package dev.colloquy.bootstrap;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.colloquy.adapter.http.HttpLimits;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each connection is an open file, and of those the system allows a process only so many. */
final class OpenFiles {

    private static final Logger LOG = LoggerFactory.getLogger("dev.colloquy.Service");

    /** For jars, Redis, the outbox and telemetry. Of the 10240 files of macOS it leaves the default of connections. */
    private static final int OTHER_FILES = 240;

    private OpenFiles() {}

    /** The same limits, with fewer connections if the system does not allow so many; a line in the log says so. */
    static HttpLimits fit(HttpLimits wanted) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return wanted;
        }
        long files = system.getMaxFileDescriptorCount();
        int connections = connections(wanted.connections(), files);
        if (connections < wanted.connections()) {
            LOG.warn(
                    "COLLOQUY_MAX_CONNECTIONS is {}, but this process may have only {} files open: it takes {}"
                            + " connections at once; raise ulimit -n for more",
                    wanted.connections(),
                    files,
                    connections);
        }
        return wanted.withConnections(connections);
    }

    /**
     * How many connections there may be. Helidon stops listening for good when it cannot accept one for want of a file,
     * so that must not happen.
     *
     * @param wanted how many the settings allow, 1 and above
     * @param files how many files the process may have open, 0 or below if that is not known
     * @return 1 to what is wanted
     */
    static int connections(int wanted, long files) {
        return files <= 0 ? wanted : Math.clamp(files - OTHER_FILES, 1, wanted);
    }
}
