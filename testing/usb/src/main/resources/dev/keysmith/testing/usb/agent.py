"""Runs commands in the guest for the host, over a virtio serial port.

One line per message; words are separated by blanks, all that people write is in base64.
  from the host: start ID pipe|terminal ARGUMENT...   input ID BYTES   end ID   signal ID NUMBER
  to the host:   ready   out ID BYTES   err ID BYTES   exit ID CODE   failed ID REASON
The guest is powered off when the host hangs up.
"""

import base64
import fcntl
import os
import pty
import signal
import subprocess
import sys
import termios
import threading

ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "TERM": "dumb",
}
LEFT_OVER_OUTPUT_SECONDS = 5


def open_port():
    ports = "/sys/class/virtio-ports"
    for name in os.listdir(ports):
        with open(os.path.join(ports, name, "name")) as file:
            if file.read().strip() == "keysmith.agent":
                return os.open("/dev/" + name, os.O_RDWR)
    sys.exit("no port keysmith.agent")


class Host:
    def __init__(self, port):
        self.port = port
        self.lock = threading.Lock()

    def tell(self, *words):
        line = (" ".join(words) + "\n").encode()
        with self.lock:
            while line:
                line = line[os.write(self.port, line):]

    def lines(self):
        rest = b""
        while True:
            data = os.read(self.port, 65536)
            if not data:
                return
            *whole, rest = (rest + data).split(b"\n")
            yield from whole


def encode(data):
    return base64.b64encode(data).decode()


class Running:
    """A command and the threads that carry what it writes."""

    def __init__(self, host, number, terminal, command):
        self.host, self.number = host, number
        options = dict(cwd="/tmp", env=ENVIRONMENT, start_new_session=True)
        if terminal:
            master, slave = pty.openpty()
            attributes = termios.tcgetattr(slave)
            attributes[1] &= ~termios.OPOST  # lines end as the program ends them
            termios.tcsetattr(slave, termios.TCSANOW, attributes)
            become_terminal = lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            self.process = subprocess.Popen(
                command, stdin=slave, stdout=slave, stderr=slave,
                preexec_fn=become_terminal, **options)
            os.close(slave)
            self.input, sources = master, {"out": master}
        else:
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0, **options)
            self.input = os.dup(self.process.stdin.fileno())
            self.process.stdin.close()
            sources = {"out": self.process.stdout.fileno(), "err": self.process.stderr.fileno()}
        self.carriers = [
            threading.Thread(target=self.carry, args=source, daemon=True)
            for source in sources.items()]
        for carrier in self.carriers:
            carrier.start()
        threading.Thread(target=self.wait, daemon=True).start()

    def carry(self, kind, source):
        while True:
            try:
                data = os.read(source, 16384)
            except OSError:
                # A terminal whose last process has gone.
                return
            if not data:
                return
            self.host.tell(kind, self.number, encode(data))

    def wait(self):
        code = self.process.wait()
        for carrier in self.carriers:
            carrier.join(LEFT_OVER_OUTPUT_SECONDS)
        self.host.tell("exit", self.number, str(code if code >= 0 else 128 - code))

    def write(self, data):
        try:
            while data:
                data = data[os.write(self.input, data):]
        except OSError:
            # It has ended, or does not read: its exit code says more.
            pass

    def end_input(self):
        if self.input is not None:
            os.close(self.input)
            self.input = None

    def signal(self, number):
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass


def main():
    host = Host(open_port())
    running = {}
    # In a thread: writing waits for the host for ever, also if it has gone meanwhile; reading does not.
    threading.Thread(target=host.tell, args=("ready",), daemon=True).start()
    for line in host.lines():
        verb, number, *words = line.decode().split(" ")
        if verb == "start":
            command = [base64.b64decode(word).decode() for word in words[1:]]
            try:
                running[number] = Running(host, number, words[0] == "terminal", command)
            except OSError as error:
                host.tell("failed", number, encode(str(error).encode()))
        elif number in running:
            if verb == "input":
                running[number].write(base64.b64decode(words[0]))
            elif verb == "end":
                running[number].end_input()
            elif verb == "signal":
                running[number].signal(int(words[0]))


try:
    main()
finally:
    os.system("/bin/busybox poweroff -f")
