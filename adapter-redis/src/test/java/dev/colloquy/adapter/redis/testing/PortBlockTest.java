package dev.colloquy.adapter.redis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A block of ports")
class PortBlockTest {

    @Test
    @DisplayName("shares no port with another claimant's")
    void ownPorts() throws Exception {
        try (PortBlock mine = PortBlock.claim(0);
                PortBlock anothers = PortBlock.claim(0)) {
            assertThat(ports(mine, 499)).doesNotContainAnyElementsOf(ports(anothers, 499));
        }
    }

    @Test
    @DisplayName("gives a port again only after all others, though nothing listens on it")
    void longUnused() throws Exception {
        try (PortBlock block = PortBlock.claim()) {
            List<Integer> round = ports(block, 400);
            assertThat(round).doesNotHaveDuplicates();
            assertThat(ports(block, 1)).isNotEmpty().doesNotContainAnyElementsOf(round);
        }
    }

    @Test
    @DisplayName("passes over a port on which somebody listens, and goes on from the first after the last")
    void taken() throws Exception {
        try (PortBlock block = PortBlock.claim()) {
            int port = block.next();
            try (ServerSocket listener = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                Set<Integer> others = new HashSet<>(ports(block, 1_000));
                assertThat(others).hasSizeGreaterThan(400).doesNotContain(listener.getLocalPort());
            }
            assertThat(ports(block, 499)).contains(port);
        }
    }

    private static List<Integer> ports(PortBlock block, int count) throws Exception {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ports.add(block.next());
        }
        return ports;
    }
}
