package dev.colloquy.architecture.samples.rule06.domain.port.out;

import java.util.List;
import org.slf4j.Logger;

/** A port that names a library's type. */
interface LeakyStore {
    List<Logger> loggers();
}
