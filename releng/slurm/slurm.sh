#!/bin/sh
# A Slurm of one node on this machine, for tests: slurm.sh start FOLDER, slurm.sh stop FOLDER. As root, on Debian, with the
# packages slurm-wlm and munge; no systemd is needed. Configuration, state and logs lie in FOLDER; whoever submits sets
# SLURM_CONF=FOLDER/slurm.conf. Its node has as many CPUs as the machine and is ready when this returns.
set -eu
what=${1:-}
folder=$(readlink -f "${2:?which folder?}")
host=$(hostname -s)

start() {
    for program in munged slurmctld slurmd sbatch; do
        command -v $program >/dev/null || { echo "slurm.sh: $program is missing: apt-get install slurm-wlm munge" >&2; exit 2; }
    done
    mkdir -p "$folder/state" "$folder/spool"
    for place in /run/munge /var/log/munge /var/lib/munge; do
        mkdir -p $place && chown munge: $place
    done
    chmod 755 /run/munge
    if [ ! -s /etc/munge/munge.key ]; then
        (umask 077 && head -c 1024 /dev/urandom >/etc/munge/munge.key)
    fi
    chown munge: /etc/munge /etc/munge/munge.key && chmod 400 /etc/munge/munge.key
    munge -n 2>/dev/null | unmunge >/dev/null 2>&1 || su -s /bin/sh munge -c 'munged --force' 2>/dev/null
    getent hosts "$host" >/dev/null || echo "127.0.0.1 $host" >>/etc/hosts
    cat >"$folder/slurm.conf" <<CONF
ClusterName=karuta
SlurmctldHost=$host
AuthType=auth/munge
CryptoType=crypto/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmUser=root
SlurmdUser=root
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
SlurmctldPort=16817
SlurmdPort=16818
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
KillWait=30
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=2000 State=UNKNOWN
PartitionName=test Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
    export SLURM_CONF="$folder/slurm.conf"
    slurmctld
    slurmd
    for _ in $(seq 60); do
        case $(sinfo -h -o %t 2>/dev/null) in idle | mix | alloc) return ;; esac
        sleep 1
    done
    echo "slurm.sh: the node does not come up; see $folder/slurmctld.log" >&2
    exit 1
}

stop() {
    for daemon in slurmd slurmctld; do
        [ ! -s "$folder/$daemon.pid" ] || kill "$(cat "$folder/$daemon.pid")" 2>/dev/null || :
    done
}

case $what in
    start) start ;;
    stop) stop ;;
    *) echo "slurm.sh start|stop FOLDER" >&2; exit 2 ;;
esac
