package dev.keysmith.testing.key.usb;

/** Threads that do not keep the process alive. */
final class Daemon {

  private Daemon() {}

  static Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
