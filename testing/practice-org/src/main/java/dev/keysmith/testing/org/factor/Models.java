package dev.keysmith.testing.org.factor;

import java.util.Map;

/** Names of key models by AAGUID, as the FIDO Metadata Service has them. */
final class Models {

  private static final Map<String, String> NAMES =
      Map.of(
          "cb69481e8ff7403993ec0a2729a154a8", "YubiKey 5 Series",
          "ee882879721c491397753dfcce97072a", "YubiKey 5 Series",
          "2fc0579f811347eab116bb5a8db9202a", "YubiKey 5 Series with NFC",
          "fa2b99dc9e3942578f924a30d23c4118", "YubiKey 5 Series with NFC",
          "c5ef55ffad9a4b9fb580adebafe026d0", "YubiKey 5 Series with Lightning");

  private Models() {}

  static String name(String aaguid) {
    return NAMES.getOrDefault(aaguid, "Security Key");
  }
}
