"""The instances of PTP-LIB (ptp-lib/README.md): how they are invented, solved, and told to the program."""
