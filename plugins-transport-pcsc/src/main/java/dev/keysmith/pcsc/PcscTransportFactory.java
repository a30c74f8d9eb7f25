package dev.keysmith.pcsc;

import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.util.List;
import java.util.Optional;

/** Offers the security keys at the smart card readers of the machine on which the server runs. */
public final class PcscTransportFactory implements KeyTransportFactory {

  static final String SERVICE = "service";
  static final String OPTIONAL = "optional";
  static final String REQUIRED = "required";

  @Override
  public String name() {
    return "pcsc";
  }

  @Override
  public String label() {
    return "Security keys at NFC and smart card readers";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(
            SERVICE,
            Setting.Kind.CHOICE,
            "PC/SC service",
            "Required: a server without a PC/SC service is at fault. Optional: it has no readers.",
            false,
            Optional.of(OPTIONAL),
            List.of(OPTIONAL, REQUIRED)));
  }

  @Override
  public KeyTransport create(PluginContext context) {
    boolean required = context.text(SERVICE).filter(REQUIRED::equals).isPresent();
    CardReaders service = new CardReaders(JnaTerminals::establish, required);
    return new PcscTransport(service, context.random(), Timeouts.USUAL);
  }
}
